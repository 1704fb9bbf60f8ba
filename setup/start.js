/** `npm start`: set-up, then JupyterLab on `notebooks/`; or, with `--picture`, one projection and no JupyterLab. */
import { firstProjection } from "./first-projection.js";
import { openLab } from "./jupyter-lab.js";
import { main, prepare } from "./prepare.js";
import { readStartOptions } from "./start-options.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";

await main(async () => {
  const options = readStartOptions(process.argv.slice(2), tree);
  await prepare("requirements.txt");
  if (!options.picture) return openLab(tree, options);
  const picture = await step("First projection", (say) => firstProjection(tree, say));
  console.log(`\nWhat made VGG16's strongest conv5_1 unit fire in notebooks/photos/chelsea.png:\n${picture}`);
  return 0;
});
