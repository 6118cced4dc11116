import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { asError } from "../api/client";
import { myDevices, removeDevice } from "../api/devices";
import type { Device } from "../api/types";
import { CarryOn } from "../pattern/CarryOn";
import { dayOf } from "../ui/day";
import { Leaf, Notice, Section } from "../ui/parts";
import { Forget } from "./Forget";
import { Recovery } from "./Recovery";

/** The devices that share these patterns and ticks, a way in for one more, and a way back when all are lost. */
export function Devices() {
  const client = useQueryClient();
  const known = useQuery({ queryKey: ["devices"], queryFn: myDevices });
  const [fault, setFault] = useState<string | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ["devices"] });

  const remove = async (device: Device) => {
    setFault(null);
    try {
      await removeDevice(device.id);
      await again();
    } catch (why) {
      setFault(asError(why).message);
    }
  };
  const devices = known.data?.data ?? [];
  const recovery = known.data?.recovery?.created_at ?? null;
  return (
    <>
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
        <Typography variant="h3" sx={{ mt: 3, mb: 1 }}>
          Carry on on my other device
        </Typography>
        <CarryOn />
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1.5 }}>
          Have you a code already, from there or on paper? <MuiLink component={Link} to="/link">Type it here</MuiLink>.
        </Typography>
      </Section>
      <Recovery made={recovery} onChange={() => void again()} />
      {known.isSuccess && <Forget current={devices.find(({ current }) => current)?.id ?? null} last={devices.length < 2 && recovery === null} />}
    </>
  );
}

function Known({ device, onRemove }: { device: Device; onRemove: () => void }) {
  const [asked, setAsked] = useState(false);
  const day = dayOf(device.seen_at);
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
