import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import './code.css';

/** Text as it is, to be read and copied. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className="code">
      <div className="code-copy">
        <CopyToClipboard
          copyButtonAriaLabel={`Copy ${label}`}
          copySuccessText="Copied"
          copyErrorText="The browser did not let it be copied"
          textToCopy={text}
          variant="icon"
        />
      </div>
      <Box variant="code">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
        <pre aria-label={label} tabIndex={0}>
          {text}
        </pre>
      </Box>
    </div>
  );
}
