import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { shortId } from "../api/patterns";
import { visits } from "../api/storage";
import { Leaf } from "../ui/parts";
import { ProgressSquare } from "./ProgressSquare";

/** The pattern that was last in hand, with where the maker was. Nothing on a first visit. */
export function Continue() {
  const { data } = useQuery({ queryKey: ["visits"], queryFn: visits, staleTime: 0, networkMode: "always" });
  const last = data?.find((visit) => visit.share < 1);
  if (!last) return null;
  return (
    <Leaf sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 2, mb: 5 }}>
      <ProgressSquare size={64} rings={last.rings.map(({ hex, done }) => ({ hex, state: done ? "done" : "open" }))} />
      <Box sx={{ flex: "1 1 200px" }}>
        <Typography variant="h3" component="p">
          {last.title}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {last.words}
        </Typography>
      </Box>
      <Button component={Link} to={`/p/${shortId(last.pattern)}/make`} variant="outlined">
        Resume
      </Button>
    </Leaf>
  );
}
