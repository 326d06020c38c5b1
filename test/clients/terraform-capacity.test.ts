import { describe, expect, test } from 'vitest';
import { hasTerraform, terraformProject } from './terraform.ts';

const configuration = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {}

data "aws_ssm_parameter" "tiny" {
  name = "/aws/service/alacarte/tiny"
}

data "aws_ec2_spot_price" "leftovers" {
  instance_type     = "m5.large"
  availability_zone = "us-east-1a"

  filter {
    name   = "product-description"
    values = ["Linux/UNIX"]
  }
}

resource "aws_spot_instance_request" "leftovers" {
  ami                  = data.aws_ssm_parameter.tiny.insecure_value
  instance_type        = "m5.large"
  spot_price           = data.aws_ec2_spot_price.leftovers.spot_price
  wait_for_fulfillment = true
  tags                 = { Name = "leftovers" }
}

resource "aws_ec2_capacity_reservation" "window" {
  instance_type     = "c5.large"
  instance_platform = "Linux/UNIX"
  availability_zone = "us-east-1a"
  instance_count    = 2
  tags              = { Name = "window" }
}

resource "aws_instance" "reserved" {
  ami               = data.aws_ssm_parameter.tiny.insecure_value
  instance_type     = "c5.large"
  availability_zone = "us-east-1a"

  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_id = aws_ec2_capacity_reservation.window.id
    }
  }
}

resource "aws_ec2_host" "private" {
  instance_family   = "m5"
  availability_zone = "us-east-1a"
  host_recovery     = "on"
  tags              = { Name = "private" }
}

resource "aws_instance" "private" {
  ami               = data.aws_ssm_parameter.tiny.insecure_value
  instance_type     = "m5.large"
  availability_zone = "us-east-1a"
  tenancy           = "host"
  host_id           = aws_ec2_host.private.id
}

resource "aws_launch_template" "crew" {
  image_id      = data.aws_ssm_parameter.tiny.insecure_value
  instance_type = "t3.micro"
}

# The provider waits for five minutes where a fleet is to take its instances along.
resource "aws_ec2_fleet" "crew" {
  launch_template_config {
    launch_template_specification {
      launch_template_id = aws_launch_template.crew.id
      version            = aws_launch_template.crew.latest_version
    }
  }

  target_capacity_specification {
    default_target_capacity_type = "spot"
    total_target_capacity        = 2
  }
}
`;

/** Four kinds of capacity under the stock provider, with instances that use them. */
describe.skipIf(!hasTerraform)('capacity under Terraform', () => {
  const terraform = terraformProject(configuration);

  test(
    'apply brings it up, a second plan changes nothing, destroy gives it back',
    { timeout: 240_000 },
    async () => {
      await terraform('init');
      const applied = await terraform('apply', '-auto-approve');
      expect(applied, applied.stderr).toMatchObject({ code: 0 });
      const planned = await terraform('plan', '-detailed-exitcode');
      expect(planned.stdout).toContain('No changes');
      expect(planned).toMatchObject({ code: 0 });
      const destroyed = await terraform('destroy', '-auto-approve');
      expect(destroyed, destroyed.stderr).toMatchObject({ code: 0 });
    },
  );
});
