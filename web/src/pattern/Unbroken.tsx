/** Words of which none is parted at its hyphen, nor a star from what it stands at: `ch-` at a line's end is misread. */
export function Unbroken({ words }: { words: string }) {
  return words.split(/(\*\S+|\S+-\d\S*)/).map((part, at) => (at % 2 ? <span key={at} style={unbroken}>{part}</span> : part));
}

const unbroken = { whiteSpace: "nowrap" } as const;
