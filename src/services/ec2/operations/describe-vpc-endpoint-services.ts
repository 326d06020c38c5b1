import type { ServiceDetail } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { endpointServices, wireService } from '../domain/endpoints/services.ts';
import type { Filters } from '../domain/filters.ts';
import { select } from '../domain/select.ts';
import * as endpointErrors from '../endpoint-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ServiceDetail> = {
  owner: (service) => service.Owner,
  'service-name': (service) => service.ServiceName,
  'service-region': (service) => service.ServiceRegion,
  'service-type': (service) => service.ServiceType?.map((each) => each.ServiceType),
  'supported-ip-address-types': (service) => service.SupportedIpAddressTypes,
};

/** What endpoints lead to: the services that Alacarte has, by AWS's names. */
export const describeVpcEndpointServices = operation(model.DescribeVpcEndpointServices, {
  recorded: true,
  handle(input, { caller }: Ec2Scope) {
    const { region } = caller;
    const services = endpointServices(region);
    const names = input.ServiceNames ?? [];
    const unknown = names.filter((name) => !services.some((service) => service.name === name));
    if (unknown.length > 0) throw endpointErrors.serviceNotFound(unknown);
    const all = services
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map((service) => wireService(region, service));
    const { found, NextToken } = select(all, input, {
      id: ({ ServiceName }) => ServiceName,
      // Some are offered in two ways under one name.
      order: ({ ServiceName, ServiceType }) => `${ServiceName} ${ServiceType?.[0]?.ServiceType}`,
      filters,
    });
    const ServiceNames = [...new Set(found.map(({ ServiceName }) => ServiceName))];
    return Promise.resolve({ ServiceDetails: found, ServiceNames, NextToken });
  },
});
