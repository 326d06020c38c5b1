import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

/** A refusal in AWS's words, with what one needs to look it up. */
export function CallError({ error }: { error: Error | null }) {
  if (!error) return null;
  const { name, message } = error;
  const { requestId } = (error as { $metadata?: { requestId?: string } }).$metadata ?? {};
  return (
    <Alert type="error" header={name} statusIconAriaLabel="Error">
      {message}
      {requestId !== undefined && (
        <Box variant="small" display="block">
          Request ID {requestId}
        </Box>
      )}
    </Alert>
  );
}
