import { QRCodeSVG } from "qrcode.react";

type QrProps = { text: string; size: string; name: string };

/** A QR code, black on white in both schemes, with the quiet zone that readers ask for. `size` in any CSS length. */
export default function Qr({ text, size, name }: QrProps) {
  return <QRCodeSVG value={text} level="M" marginSize={4} title={name} width={size} height={size} />;
}
