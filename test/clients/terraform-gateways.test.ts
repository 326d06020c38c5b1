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

resource "aws_vpc" "inn" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "inn" {
  count             = 2
  vpc_id            = aws_vpc.inn.id
  cidr_block        = cidrsubnet(aws_vpc.inn.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.all.names[count.index]
}

resource "aws_route_table" "inn" {
  vpc_id = aws_vpc.inn.id
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.inn.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.inn.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.inn.id]
  tags            = { Name = "larder" }
}

resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id       = aws_vpc.inn.id
  service_name = "com.amazonaws.us-east-1.dynamodb"
}

resource "aws_vpc_endpoint_route_table_association" "dynamodb" {
  vpc_endpoint_id = aws_vpc_endpoint.dynamodb.id
  route_table_id  = aws_route_table.inn.id
}

resource "aws_vpc_endpoint" "sqs" {
  vpc_id              = aws_vpc.inn.id
  service_name        = "com.amazonaws.us-east-1.sqs"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.inn[*].id
  security_group_ids  = [aws_security_group.web.id]
  private_dns_enabled = true
}

resource "aws_security_group_rule" "to_s3" {
  type              = "egress"
  security_group_id = aws_security_group.web.id
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_ids   = [aws_vpc_endpoint.s3.prefix_list_id]
}

data "aws_vpc_endpoint_service" "s3" {
  service      = "s3"
  service_type = "Gateway"
}

resource "aws_customer_gateway" "farm" {
  bgp_asn    = 65001
  ip_address = "198.51.100.7"
  type       = "ipsec.1"
  tags       = { Name = "farm" }
}

resource "aws_vpn_gateway" "gate" {
  tags = { Name = "gate" }
}

resource "aws_vpn_gateway_attachment" "gate" {
  vpc_id         = aws_vpc.inn.id
  vpn_gateway_id = aws_vpn_gateway.gate.id
}

resource "aws_vpn_gateway_route_propagation" "gate" {
  vpn_gateway_id = aws_vpn_gateway_attachment.gate.vpn_gateway_id
  route_table_id = aws_route_table.inn.id
}

resource "aws_route" "farm" {
  route_table_id         = aws_route_table.inn.id
  destination_cidr_block = "192.168.0.0/16"
  gateway_id             = aws_vpn_gateway_attachment.gate.vpn_gateway_id
}

resource "aws_vpn_connection" "farm" {
  vpn_gateway_id      = aws_vpn_gateway.gate.id
  customer_gateway_id = aws_customer_gateway.farm.id
  type                = "ipsec.1"
  static_routes_only  = true
}

resource "aws_vpn_connection_route" "farm" {
  vpn_connection_id      = aws_vpn_connection.farm.id
  destination_cidr_block = "192.168.7.0/24"
}
`;

describe.skipIf(!hasTerraform)('Terraform and gateways', { timeout: 240_000 }, () => {
  const terraform = terraformProject(configuration);

  test('applies ways out of a VPC, sees no drift, and destroys', async () => {
    expect(await terraform('init', '-input=false')).toMatchObject({ code: 0 });
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toContain('Apply complete! Resources: 17 added');

    const planned = await terraform('plan', '-input=false', '-detailed-exitcode');
    expect(planned.stdout).toContain('No changes.');
    expect(planned.code).toBe(0);

    const destroyed = await terraform('destroy', '-auto-approve', '-input=false');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toContain('Destroy complete! Resources: 17 destroyed.');
  });
});
