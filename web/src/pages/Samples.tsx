import { Link } from "react-router";
import { shortId } from "../api/patterns";
import { Section } from "../ui/parts";
import glass from "./samples/glass.svg";
import spring from "./samples/spring.svg";
import sunset from "./samples/sunset.svg";
import "./home.css";

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
      <p className="quiet">Samples, written by the same model and counted by the same program. Open one, tick it, print it.</p>
      <ul className="samples">
        {SAMPLES.map(({ id, title, facts, drawn }) => (
          <li key={id}>
            <Link to={`/p/${shortId(id)}`}>
              <img src={drawn} alt="" loading="lazy" width={240} height={200} />
              <div>
                <p className="name">{title}</p>
                <p className="quiet">{facts}</p>
              </div>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
