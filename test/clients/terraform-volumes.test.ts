import { describe, expect, test } from 'vitest';
import { hasTerraform, terraformProject } from './terraform.ts';

const configuration = `
provider "aws" {}

variable "size" {
  default = 10
}

variable "stays" {
  default = true
}

data "aws_ssm_parameter" "tiny" {
  name = "/aws/service/alacarte/tiny"
}

resource "aws_instance" "cook" {
  ami           = data.aws_ssm_parameter.tiny.insecure_value
  instance_type = "t3.micro"

  root_block_device {
    volume_size           = var.size
    volume_type           = "gp3"
    delete_on_termination = !var.stays
    tags                  = { Name = "root" }
  }
}

resource "aws_ebs_volume" "pantry" {
  availability_zone = aws_instance.cook.availability_zone
  size              = 2
}

resource "aws_volume_attachment" "pantry" {
  device_name = "/dev/sdg"
  volume_id   = aws_ebs_volume.pantry.id
  instance_id = aws_instance.cook.id
}

resource "aws_ebs_snapshot" "root" {
  volume_id = aws_instance.cook.root_block_device[0].volume_id
}

resource "aws_ami_from_instance" "cook" {
  name               = "cook"
  source_instance_id = aws_instance.cook.id
}

resource "aws_ec2_instance_connect_endpoint" "door" {
  subnet_id = aws_instance.cook.subnet_id
}
`;

/** An instance whose root volume grows and goes, with copies of it and a volume beside it. */
describe.skipIf(!hasTerraform)('volumes under Terraform', () => {
  const terraform = terraformProject(configuration);

  test(
    'apply brings them up, changes a root volume in place, destroy takes them away',
    { timeout: 400_000 },
    async () => {
      await terraform('init');
      const applied = await terraform('apply', '-auto-approve');
      expect(applied, applied.stderr).toMatchObject({ code: 0 });
      const planned = await terraform('plan', '-detailed-exitcode');
      expect(planned.stdout).toContain('No changes');
      const larger = ['-var', 'size=12', '-var', 'stays=false'];
      const grown = await terraform('apply', '-auto-approve', ...larger);
      expect(grown, grown.stderr).toMatchObject({ code: 0 });
      expect(grown.stdout).toContain('0 added, 1 changed, 0 destroyed');
      const again = await terraform('plan', '-detailed-exitcode', ...larger);
      expect(again.stdout).toContain('No changes');
      const destroyed = await terraform('destroy', '-auto-approve', ...larger);
      expect(destroyed, destroyed.stderr).toMatchObject({ code: 0 });
    },
  );
});
