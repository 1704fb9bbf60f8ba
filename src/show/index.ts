/** Values as pictures: stills for notebooks and papers. */
export { bundle } from "./bundle.js";
export { type Drawable, Still } from "./drawable.js";
export { save } from "./save.js";
export { still } from "./still.js";
export type { StillOptions } from "./still-options.js";
