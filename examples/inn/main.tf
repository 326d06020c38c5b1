terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {}

variable "public_key" {
  description = "Who may log in, e.g. the contents of ~/.ssh/id_ed25519.pub"
}

variable "volume" {
  description = "Whether the door has a volume: machines in namespaces take none"
  default     = true
}

data "aws_availability_zones" "all" {
  state = "available"
}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/alacarte/tiny"
}

resource "aws_vpc" "inn" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "inn" }
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.inn.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = data.aws_availability_zones.all.names[0]
  tags              = { Name = "public" }
}

resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.inn.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = data.aws_availability_zones.all.names[0]
  tags              = { Name = "private" }
}

resource "aws_internet_gateway" "inn" {
  vpc_id = aws_vpc.inn.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.inn.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.inn.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.inn]
}

resource "aws_nat_gateway" "inn" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.inn.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.inn.id
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "door" {
  name        = "door"
  description = "SSH from everywhere"
  vpc_id      = aws_vpc.inn.id
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "kitchen" {
  name        = "kitchen"
  description = "SSH from the door"
  vpc_id      = aws_vpc.inn.id
  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    security_groups = [aws_security_group.door.id]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_key_pair" "cook" {
  key_name_prefix = "inn-"
  public_key      = var.public_key
}

resource "aws_instance" "door" {
  ami                    = nonsensitive(data.aws_ssm_parameter.image.value)
  instance_type          = "t3.micro"
  key_name               = aws_key_pair.cook.key_name
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.door.id]
  user_data              = "#!/bin/sh\necho 'This is the door.' > /etc/greeting\n"
  tags                   = { Name = "door" }
}

resource "aws_instance" "kitchen" {
  ami                    = nonsensitive(data.aws_ssm_parameter.image.value)
  instance_type          = "t3.micro"
  key_name               = aws_key_pair.cook.key_name
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.kitchen.id]
  user_data              = "#!/bin/sh\necho 'This is the kitchen.' > /etc/greeting\n"
  tags                   = { Name = "kitchen" }
}

resource "aws_eip" "door" {
  instance   = aws_instance.door.id
  domain     = "vpc"
  depends_on = [aws_internet_gateway.inn]
}

resource "aws_ebs_volume" "cellar" {
  count             = var.volume ? 1 : 0
  availability_zone = data.aws_availability_zones.all.names[0]
  size              = 1
  type              = "gp3"
  tags              = { Name = "cellar" }
}

resource "aws_volume_attachment" "cellar" {
  count       = var.volume ? 1 : 0
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.cellar[0].id
  instance_id = aws_instance.door.id
}

output "address" {
  value = aws_eip.door.public_ip
}

output "kitchen_address" {
  value = aws_instance.kitchen.private_ip
}
