import { describe, expect, test } from 'vitest';
import { hasTerraform, terraformProject } from './terraform.ts';

const configuration = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {}

data "aws_availability_zones" "all" {
  state = "available"
}

data "aws_ssm_parameter" "tiny" {
  name = "/aws/service/alacarte/tiny"
}

resource "aws_vpc" "inn" {
  cidr_block                       = "10.0.0.0/16"
  enable_dns_hostnames             = true
  assign_generated_ipv6_cidr_block = true
  tags                             = { Name = "inn" }
}

resource "aws_vpc_ipv4_cidr_block_association" "annex" {
  vpc_id     = aws_vpc.inn.id
  cidr_block = "100.64.0.0/16"
}

resource "aws_internet_gateway" "door" {
  vpc_id = aws_vpc.inn.id
  tags   = { Name = "door" }
}

resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.inn.id
  cidr_block              = cidrsubnet(aws_vpc.inn.cidr_block, 8, count.index)
  ipv6_cidr_block         = cidrsubnet(aws_vpc.inn.ipv6_cidr_block, 8, count.index)
  availability_zone       = data.aws_availability_zones.all.names[count.index]
  map_public_ip_on_launch = true
  tags                    = { Name = "public" }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.inn.id
  cidr_block        = cidrsubnet(aws_vpc.inn.cidr_block, 8, 10 + count.index)
  availability_zone = data.aws_availability_zones.all.names[count.index]
  tags              = { Name = "private" }
}

resource "aws_subnet" "annex" {
  vpc_id     = aws_vpc.inn.id
  cidr_block = "100.64.1.0/24"
  depends_on = [aws_vpc_ipv4_cidr_block_association.annex]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.inn.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.door.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.door]
}

resource "aws_nat_gateway" "nat" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[0].id
  tags          = { Name = "nat" }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.inn.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat.id
}

resource "aws_main_route_table_association" "private" {
  vpc_id         = aws_vpc.inn.id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.inn.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.inn.id
}

resource "aws_instance" "cook" {
  ami                    = nonsensitive(data.aws_ssm_parameter.tiny.value)
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.public[1].id
  ipv6_address_count     = 1
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_eip" "cook" {
  instance   = aws_instance.cook.id
  domain     = "vpc"
  depends_on = [aws_internet_gateway.door]
}

resource "aws_network_interface" "sink" {
  count     = 2
  subnet_id = aws_subnet.private[0].id
}

resource "aws_instance" "dishwasher" {
  ami           = nonsensitive(data.aws_ssm_parameter.tiny.value)
  instance_type = "t3.micro"
  dynamic "network_interface" {
    for_each = aws_network_interface.sink
    content {
      device_index         = network_interface.key
      network_interface_id = network_interface.value.id
    }
  }
}

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.inn.id
  subnet_ids = aws_subnet.private[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.0.0.0/16"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "annex" {
  vpc_id     = aws_vpc.inn.id
  subnet_ids = [aws_subnet.annex.id]
}

resource "aws_network_acl_rule" "ping" {
  network_acl_id = aws_network_acl.annex.id
  rule_number    = 200
  protocol       = "icmp"
  rule_action    = "deny"
  icmp_type      = -1
  icmp_code      = -1
  cidr_block     = "0.0.0.0/0"
}

resource "aws_vpc_dhcp_options" "inn" {
  domain_name         = "inn.example"
  domain_name_servers = ["AmazonProvidedDNS"]
}

resource "aws_vpc_dhcp_options_association" "inn" {
  vpc_id          = aws_vpc.inn.id
  dhcp_options_id = aws_vpc_dhcp_options.inn.id
}

resource "aws_egress_only_internet_gateway" "out" {
  vpc_id = aws_vpc.inn.id
}

resource "aws_route" "out6" {
  route_table_id              = aws_route_table.private.id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.out.id
}

resource "aws_network_interface" "spare" {
  subnet_id       = aws_subnet.private[1].id
  security_groups = [aws_security_group.web.id]
  tags            = { Name = "spare" }
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 3
  entry {
    cidr        = "192.0.2.0/24"
    description = "north"
  }
}

resource "aws_vpc" "barn" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "yard" {
  vpc_id      = aws_vpc.inn.id
  peer_vpc_id = aws_vpc.barn.id
  auto_accept = true
}

resource "aws_route" "barn" {
  route_table_id            = aws_route_table.private.id
  destination_cidr_block    = aws_vpc.barn.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.yard.id
}

data "aws_vpc" "read" {
  id = aws_vpc.inn.id
}

`;

describe.skipIf(!hasTerraform)('Terraform and networks', { timeout: 240_000 }, () => {
  const terraform = terraformProject(configuration);

  test('applies a VPC with public and private subnets, sees no drift, and destroys', async () => {
    expect(await terraform('init', '-input=false')).toMatchObject({ code: 0 });
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toContain('Apply complete! Resources: 35 added');

    const planned = await terraform('plan', '-input=false', '-detailed-exitcode');
    expect(planned.stdout).toContain('No changes.');
    expect(planned.code).toBe(0);

    const destroyed = await terraform('destroy', '-auto-approve', '-input=false');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toContain('Destroy complete! Resources: 35 destroyed.');
  });
});
