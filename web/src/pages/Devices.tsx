import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { myDevices, openLink, removeDevice } from "../api/devices";
import type { Device, DeviceLink } from "../api/types";
import { Leaf, Notice, Section } from "../ui/parts";

/** The devices that share these patterns and ticks, and a way in for one more. */
export function Devices() {
  const client = useQueryClient();
  const known = useQuery({ queryKey: ["devices"], queryFn: myDevices });
  const [link, setLink] = useState<DeviceLink | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const attempt = async (work: () => Promise<void>) => {
    setFault(null);
    await work().catch((why: unknown) => setFault(why instanceof Error ? why.message : String(why)));
  };
  const remove = (device: Device) =>
    attempt(async () => {
      await removeDevice(device.id);
      await client.invalidateQueries({ queryKey: ["devices"] });
    });
  const devices = known.data?.data ?? [];
  return (
    <Section title="My devices">
      <Typography sx={{ maxWidth: "60ch" }}>
        Kept for this browser and the devices you add. No account, no e-mail: a second device is your spare key.
      </Typography>
      {fault && <Notice tone="error"><p>{fault}</p></Notice>}
      {devices.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 2, p: 0, listStyle: "none", display: "grid", gap: 1 }}>
          {devices.map((device) => (
            <Known key={device.id} device={device} onRemove={() => void remove(device)} />
          ))}
        </Box>
      )}
      {link ? (
        <Way link={link} />
      ) : (
        <Button variant="outlined" sx={{ mt: 2 }} onClick={() => void attempt(async () => setLink(await openLink()))}>
          Carry on on my other device
        </Button>
      )}
    </Section>
  );
}

function Known({ device, onRemove }: { device: Device; onRemove: () => void }) {
  const [asked, setAsked] = useState(false);
  const day = new Date(device.seen_at).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  const name = device.name || "A device without a name";
  return (
    <li>
      <Leaf sx={{ p: { xs: 1.5, sm: 2 }, display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1 }}>
        <Box sx={{ flex: "1 1 200px", overflowWrap: "anywhere" }}>
          <b>{name}</b>
          <Typography variant="body2" color="textSecondary">
            {device.current ? "This one" : `Last seen ${day}`}
          </Typography>
        </Box>
        {!device.current && !asked && (
          <Button color="secondary" onClick={() => setAsked(true)} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        )}
        {asked && (
          <>
            <Typography variant="body2">It gets nothing new from then on.</Typography>
            <Button variant="contained" onClick={onRemove}>
              Remove it
            </Button>
            <Button onClick={() => setAsked(false)}>Keep it</Button>
          </>
        )}
      </Leaf>
    </li>
  );
}

function Way({ link }: { link: DeviceLink }) {
  const until = new Date(link.expires_at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return (
    <Leaf sx={{ mt: 2 }}>
      <Box role="status">
        <Typography>On the other device open <b>{location.host}/link</b> and type</Typography>
        <Typography sx={{ my: 1.5, fontSize: "2rem", fontWeight: 700, letterSpacing: "0.08em", overflowWrap: "anywhere" }}>{link.code}</Typography>
        <Typography variant="body2" color="textSecondary">
          It works once, until {until}. This opens <em>your</em> patterns and progress: keep it to yourself. To show somebody a pattern, send its link instead.
        </Typography>
      </Box>
    </Leaf>
  );
}
