/** Icons: a handful, drawn here. The icon package weighs 174 MB. */

import type { ReactNode } from "react";

/** In px where it is not as large as what it stands in has it. */
type IconProps = { size?: number };

// Plain: a list of 120 rows shows 360 of them.
function Icon({ size, box = 24, children }: IconProps & { box?: number; children: ReactNode }) {
  return (
    <svg className="icon" aria-hidden viewBox={`0 0 ${box} ${box}`} style={size ? { fontSize: size } : undefined}>
      {children}
    </svg>
  );
}

function stroke(d: string) {
  return function Stroke(props: IconProps) {
    return (
      <Icon {...props}>
        <path d={d} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
      </Icon>
    );
  };
}

export const SunIcon = stroke("M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4");
export const MoonIcon = stroke("M20 14.2A8.2 8.2 0 0 1 9.8 4 8.2 8.2 0 1 0 20 14.2Z");
export const PrintIcon = stroke("M7 8V3.5h10V8M7 17H4.5a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1H17M7 14h10v6.5H7Z");
export const SendIcon = stroke("M12 15V3.5M7.5 8 12 3.5 16.5 8M5 13v7h14v-7");
export const PreviousIcon = stroke("M14.5 5.5 8 12l6.5 6.5");
export const NextIcon = stroke("M9.5 5.5 16 12l-6.5 6.5");
export const StopIcon = stroke("M7 7h10v10H7Z");
export const PlusIcon = stroke("M12 5.5v13M5.5 12h13");
export const CloseIcon = stroke("M6 6l12 12M18 6 6 18");
export const UndoIcon = stroke("M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3");
const AwakeOn = stroke("M12 3v2M5.6 5.6 7 7M18.4 5.6 17 7M3 12h2M19 12h2M8 16.5a5.5 5.5 0 1 1 8 0V18H8ZM9.5 21h5");
const AwakeOff = stroke("M8 16.5a5.5 5.5 0 1 1 8 0V18H8ZM9.5 21h5M4 4l16 16");
/** A lamp that shines, or is struck through. */
export const AwakeIcon = ({ off }: { off: boolean }) => (off ? <AwakeOff /> : <AwakeOn />);
export const UpIcon = stroke("M6 15l6-6 6 6");
export const DownIcon = stroke("M6 9l6 6 6-6");
export const ListIcon = stroke("M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01");
export const PencilIcon = stroke("M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19 4 20ZM14 6.5l3.5 3.5");
export const HelpIcon = stroke("M9.2 9.2a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.1-1.5 2.2M12 17h.01M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6");
export const PhoneIcon = stroke("M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM11 18h2");
export const MinusIcon = stroke("M5.5 12h13");

export function MoreIcon(props: IconProps) {
  return (
    <Icon {...props}>
      {[5, 12, 19].map((x) => (
        <circle key={x} cx={x} cy="12" r="2" fill="currentColor" />
      ))}
    </Icon>
  );
}

/** Agrees: a small knot. */
export const KnotIcon = stroke("M3 17c7 0 12-4 12-8.5a3 3 0 0 0-6 0C9 13 14 17 21 17");
/** Does not add up: a ring that is broken. */
export const BrokenRingIcon = stroke("M15 4.8a8 8 0 1 1-6 0M9 4.8 6.8 2.5M15 4.8l2.2-2.3");
/** Not understood: a dotted ring. */
export function DottedRingIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeDasharray="0.1 4.9" />
    </Icon>
  );
}

/** The mark of the house: one square in two rounds. */
export function LogoIcon(props: IconProps) {
  return (
    <Icon box={32} {...props}>
      <g fill="none" stroke="currentColor" strokeWidth="2.4">
        <rect x="3" y="3" width="26" height="26" rx="5" strokeDasharray="5 2.2" />
        <rect x="9.5" y="9.5" width="13" height="13" rx="3" strokeDasharray="3.4 1.8" />
      </g>
      <circle cx="16" cy="16" r="2.2" fill="currentColor" />
    </Icon>
  );
}
