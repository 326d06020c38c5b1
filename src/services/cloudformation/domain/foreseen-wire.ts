import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { Change as PropertyChange } from '../../../models/changes.ts';
import { type ForeseenChange, KNOWN_AFTER_APPLY } from './preview.ts';

/** A change as DescribeChangeSet tells it, property values and all. */
export function changeOf(change: ForeseenChange): Change {
  const { logicalId, type, standing, verdict } = change;
  const { now } = standing ?? {};
  const common: ResourceChange = {
    LogicalResourceId: logicalId,
    ResourceType: type,
    ...(now && {
      PhysicalResourceId: now.id,
      BeforeContext: JSON.stringify({ Properties: now.properties }),
    }),
    ...(verdict.action !== 'remove' && {
      AfterContext: JSON.stringify({ Properties: change.properties }),
    }),
  };
  return { Type: 'Resource', ResourceChange: { ...common, ...actionOf(change) } };
}

/** Without what DescribeChangeSet tells only where property values are asked for. */
export function withoutValues({ ResourceChange: change, ...rest }: Change): Change {
  const { BeforeContext: _b, AfterContext: _a, Details, ...told } = change!;
  const details = Details?.map((detail) => {
    const { Attribute, Name, RequiresRecreation } = detail.Target!;
    return { ...detail, Target: { Attribute, Name, RequiresRecreation } };
  });
  return { ...rest, ResourceChange: { ...told, ...(details && { Details: details }) } };
}

function actionOf(change: ForeseenChange): ResourceChange {
  const { verdict, standing, definition } = change;
  switch (verdict.action) {
    case 'remove': {
      const kept = standing!.now!.deletionPolicy.startsWith('Retain');
      return { Action: 'Remove', Scope: [], Details: [], PolicyAction: kept ? 'Retain' : 'Delete' };
    }
    case 'update':
    case 'replace': {
      const { properties, tags } = verdict;
      const kept = definition?.updateReplacePolicy === 'Retain';
      const details = [
        ...properties.map((property) => detailOf(change, property)),
        ...(tags ? [tagsDetail] : []),
      ];
      return {
        Action: 'Modify',
        Replacement: replacementOf(change),
        Scope: [
          ...(properties.length > 0 ? (['Properties'] as const) : []),
          ...(tags ? (['Tags'] as const) : []),
        ],
        Details: details,
        ...(verdict.action === 'replace' && {
          PolicyAction: kept ? 'ReplaceAndRetain' : 'ReplaceAndDelete',
        }),
      };
    }
    default:
      return { Action: 'Add', Scope: [], Details: [] };
  }
}

/** A replacement is only likely where all that asks for it is not known yet and may turn out the same. */
function replacementOf({ verdict, waitsFor }: ForeseenChange): 'True' | 'False' | 'Conditional' {
  if (verdict.action !== 'replace') return 'False';
  const sure = verdict.properties.some(
    ({ property, replaces }) => replaces !== 'no' && !waitsFor.has(property),
  );
  return sure ? 'True' : 'Conditional';
}

const recreation = { no: 'Never', yes: 'Always', maybe: 'Conditionally' } as const;

function detailOf(
  { standing, properties, waitsFor }: ForeseenChange,
  { property, replaces, action }: PropertyChange,
): ResourceChangeDetail {
  const cause = waitsFor.get(property);
  const before = standing?.now?.properties[property];
  const after = properties[property];
  return {
    Target: {
      Attribute: 'Properties',
      Name: property,
      RequiresRecreation: recreation[replaces],
      Path: `/Properties/${property}`,
      AttributeChangeType: action,
      ...(before !== undefined && { BeforeValue: text(before) }),
      ...(after !== undefined && { AfterValue: text(after) }),
    },
    Evaluation: cause ? 'Dynamic' : 'Static',
    ...(cause
      ? {
          ChangeSource: cause.attribute === undefined ? 'ResourceReference' : 'ResourceAttribute',
          CausingEntity:
            cause.attribute === undefined
              ? cause.logicalId
              : `${cause.logicalId}.${cause.attribute}`,
        }
      : { ChangeSource: 'DirectModification' }),
  };
}

const tagsDetail: ResourceChangeDetail = {
  Target: { Attribute: 'Tags', RequiresRecreation: 'Never' },
  Evaluation: 'Static',
  ChangeSource: 'DirectModification',
};

function text(value: unknown): string {
  return typeof value === 'string' && value !== KNOWN_AFTER_APPLY
    ? value
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}
