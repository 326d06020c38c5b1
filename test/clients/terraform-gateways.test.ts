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

resource "aws_ec2_transit_gateway" "hub" {
  description = "hub"
  dns_support = "enable"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "inn" {
  transit_gateway_id                              = aws_ec2_transit_gateway.hub.id
  vpc_id                                          = aws_vpc.inn.id
  subnet_ids                                      = aws_subnet.inn[*].id
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
}

resource "aws_ec2_transit_gateway_route_table" "hub" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  tags               = { Name = "hub" }
}

resource "aws_ec2_transit_gateway_route_table_association" "inn" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.inn.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.hub.id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "inn" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.inn.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.hub.id
}

resource "aws_ec2_transit_gateway_route" "out" {
  destination_cidr_block         = "0.0.0.0/0"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.inn.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.hub.id
}

resource "aws_ec2_transit_gateway_route" "nowhere" {
  destination_cidr_block         = "203.0.113.0/24"
  blackhole                      = true
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.hub.id
}

resource "aws_route" "hub" {
  route_table_id         = aws_route_table.inn.id
  destination_cidr_block = "10.0.0.0/8"
  transit_gateway_id     = aws_ec2_transit_gateway_vpc_attachment.inn.transit_gateway_id
}
`;

describe.skipIf(!hasTerraform)('Terraform and gateways', { timeout: 240_000 }, () => {
  const terraform = terraformProject(configuration);

  test('applies ways out of a VPC, sees no drift, and destroys', async () => {
    expect(await terraform('init', '-input=false')).toMatchObject({ code: 0 });
    const applied = await terraform('apply', '-auto-approve', '-input=false');
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toContain('Apply complete! Resources: 25 added');

    const planned = await terraform('plan', '-input=false', '-detailed-exitcode');
    expect(planned.stdout).toContain('No changes.');
    expect(planned.code).toBe(0);

    const destroyed = await terraform('destroy', '-auto-approve', '-input=false');
    expect(destroyed.stderr).toBe('');
    expect(destroyed.stdout).toContain('Destroy complete! Resources: 25 destroyed.');
  });
});
