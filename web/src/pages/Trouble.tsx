import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";

/** A page that broke. What was ticked is kept, so reading it anew is safe. */
export function Trouble() {
  return (
    <Box component="main" sx={{ maxWidth: 900, mx: "auto", px: 2, pt: 6, display: "grid", justifyItems: "start", gap: 2 }}>
      <Typography variant="h1">The thread snapped on our side.</Typography>
      <Typography>Your ticks and your wish are kept. Reading the page again usually helps.</Typography>
      <Button variant="contained" onClick={() => location.reload()}>
        Read the page again
      </Button>
    </Box>
  );
}
