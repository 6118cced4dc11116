import type { ComponentProps } from "react";

/** A button that shows a sign or a letter, 48 px to the finger; its name is its `aria-label`. */
export const IconButton = (props: ComponentProps<"button">) => <button type="button" className="icon-button" {...props} />;
