import Box from "@mui/material/Box";
import ButtonBase from "@mui/material/ButtonBase";
import { useState } from "react";

/** Counts the sides of a round: a press a side, one more press begins anew. Each round starts at none. */
export function SideCounter({ sides }: { sides: number }) {
  const [worked, setWorked] = useState(0);
  return (
    <ButtonBase
      onClick={() => setWorked((worked + 1) % (sides + 1))}
      aria-label={`Sides worked: ${worked} of ${sides}`}
      sx={{ width: "100%", minHeight: 48, gap: 1, display: "flex", justifyContent: "center", borderRadius: "10px", color: "text.secondary", fontSize: "0.9375rem" }}
    >
      Sides
      {Array.from({ length: sides }, (_, side) => (
        <Box key={side} component="span" aria-hidden sx={{ width: 22, height: 22, border: 2, borderColor: "edge", borderRadius: "5px", bgcolor: side < worked ? "primary.main" : "transparent" }} />
      ))}
    </ButtonBase>
  );
}
