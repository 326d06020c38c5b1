import { describe, expect, test } from 'vitest';
import { hasTerraform, terraformProject } from './terraform.ts';

const configuration = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {}

data "aws_caller_identity" "me" {}

data "aws_ami" "al2023" {
  most_recent = true
  owners      = ["amazon"]
  filter {
    name   = "name"
    values = ["al2023-ami-2023.*-x86_64"]
  }
}

data "aws_ami" "debian" {
  most_recent = true
  owners      = ["136693071363"]
  filter {
    name   = "name"
    values = ["debian-12-amd64-*"]
  }
}

data "aws_ami" "ubuntu" {
  most_recent = true
  owners      = ["099720109477"]
  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-amd64-server-*"]
  }
}

data "aws_ssm_parameter" "tiny" {
  name = "/aws/service/alacarte/tiny"
}

resource "aws_key_pair" "cook" {
  key_name   = "cook"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfUkJHpnjr1c5FpzhLOV2VBBEFpBXH1s3BiNqNtTKk"
}

resource "aws_security_group" "kitchen" {
  name        = "kitchen"
  description = "who may come in"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
    description = "cooks"
  }
  egress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}

resource "aws_security_group" "hall" {
  name_prefix = "hall-"
}

resource "aws_vpc_security_group_ingress_rule" "guests" {
  security_group_id            = aws_security_group.hall.id
  referenced_security_group_id = aws_security_group.kitchen.id
  from_port                    = 80
  to_port                      = 80
  ip_protocol                  = "tcp"
  tags                         = { Name = "guests" }
}

resource "aws_instance" "pan" {
  ami           = nonsensitive(data.aws_ssm_parameter.tiny.value)
  instance_type = "t3.micro"
  key_name      = aws_key_pair.cook.key_name
  vpc_security_group_ids = [aws_security_group.kitchen.id]
  user_data     = "#!/bin/sh\\ntrue\\n"
  tags          = { Name = "pan" }
}

resource "aws_dynamodb_table" "menu" {
  name         = "menu"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "course"
  range_key    = "dish"
  attribute {
    name = "course"
    type = "S"
  }
  attribute {
    name = "dish"
    type = "S"
  }
  attribute {
    name = "price"
    type = "N"
  }
  attribute {
    name = "cook"
    type = "S"
  }
  local_secondary_index {
    name            = "by-price"
    range_key       = "price"
    projection_type = "KEYS_ONLY"
  }
  global_secondary_index {
    name               = "by-cook"
    hash_key           = "cook"
    range_key          = "price"
    projection_type    = "INCLUDE"
    non_key_attributes = ["note", "day"]
  }
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  ttl {
    attribute_name = "until"
    enabled        = true
  }
  point_in_time_recovery {
    enabled = true
  }
  tags = { course = "all" }
}

resource "aws_ebs_volume" "larder" {
  availability_zone = aws_instance.pan.availability_zone
  type              = "gp3"
  size              = 2
  tags              = { Name = "larder" }
}

resource "aws_volume_attachment" "larder" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.larder.id
  instance_id = aws_instance.pan.id
}

resource "aws_ebs_encryption_by_default" "all" {
  enabled = true
}

resource "aws_ebs_snapshot_block_public_access" "none" {
  state = "block-all-sharing"
}

resource "aws_ec2_image_block_public_access" "none" {
  state = "block-new-sharing"
}

resource "aws_ec2_serial_console_access" "cooks" {
  enabled = true
}

resource "aws_ec2_instance_metadata_defaults" "new" {
  http_tokens                 = "required"
  http_put_response_hop_limit = 1
}

resource "aws_ssm_parameter" "menu" {
  name        = "/kitchen/menu"
  description = "where the dishes are"
  type        = "SecureString"
  value       = aws_dynamodb_table.menu.arn
  tags        = { Name = "menu" }
}

output "account" { value = data.aws_caller_identity.me.account_id }
output "address" { value = aws_instance.pan.public_ip }
`;

describe.skipIf(!hasTerraform)('Terraform', { timeout: 240_000 }, () => {
  const terraform = terraformProject(configuration);

  test('applies, sees no drift, and destroys', async () => {
    expect(await terraform('init', '-input=false')).toMatchObject({ code: 0 });
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toContain('Apply complete! Resources: 14 added');
    expect(applied.stdout).toMatch(/address = "127\.\d+\.\d+\.\d+"/);

    const planned = await terraform('plan', '-input=false', '-detailed-exitcode');
    expect(planned.stdout).toContain('No changes.');
    expect(planned.code).toBe(0);

    const destroyed = await terraform('destroy', '-auto-approve', '-input=false');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toContain('Destroy complete! Resources: 14 destroyed.');
  });
});
