import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { Link } from "react-router";
import { shortId } from "../api/patterns";
import { Section } from "../ui/parts";
import glass from "./samples/glass.svg";
import spring from "./samples/spring.svg";
import sunset from "./samples/sunset.svg";

// The server has them from the start; a test holds that this is what it says of them.
const SAMPLES = [
  { id: "pat_ucq4fyeriwjfvcfdhp6vrfy35m", title: "70s Sunset Baby Blanket", facts: "25 classic squares, 34 × 34 in", drawn: sunset },
  { id: "pat_selzutuqoydcur2timjc34oole", title: "Stained Glass Hexagon Blanket", facts: "54 hexagons, 64 × 80 in", drawn: glass },
  { id: "pat_pj5skyr2uxxfix32qfb6tuhzse", title: "Flower in Spring", facts: "16 flower squares, 21 × 21 in", drawn: spring },
] as const;

/** Finished patterns to open: who is new sees what comes out before there is a wish. */
export function Samples() {
  return (
    <Section title="Three that are finished">
      <Typography color="textSecondary" sx={{ mb: 2 }}>
        Samples, written by the same model and counted by the same program. Open one, tick it, print it.
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: "none", display: "grid", gridTemplateColumns: { sm: "repeat(3, 1fr)" }, gap: 2 }}>
        {SAMPLES.map(({ id, title, facts, drawn }) => (
          <li key={id}>
            <Box component={Link} to={`/p/${shortId(id)}`} sx={card}>
              <Box component="img" src={drawn} alt="" loading="lazy" width={240} height={200} sx={plate} />
              <Box sx={{ p: 2 }}>
                <Typography variant="h3" component="p">{title}</Typography>
                <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>{facts}</Typography>
              </Box>
            </Box>
          </li>
        ))}
      </Box>
    </Section>
  );
}

const card = { display: "block", height: "100%", boxSizing: "border-box", bgcolor: "background.paper", border: 1, borderColor: "edge", borderRadius: "10px", overflow: "hidden", color: "inherit", textDecoration: "none", "&:hover": { borderColor: "primary.main" } } as const;

// Light in both schemes: yarns are seen on cream.
const plate = { display: "block", width: "100%", height: 200, p: 1.5, boxSizing: "border-box", objectFit: "contain", bgcolor: "#FFFDF8", borderBottom: 1, borderColor: "keyline" } as const;
