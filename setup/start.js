/** `npm start`: set-up, then the first projection of a real photo. */
import { firstProjection } from "./first-projection.js";
import { main, prepare } from "./prepare.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";

await main(async () => {
  await prepare("requirements.txt");
  const picture = await step("First projection", (say) => firstProjection(tree, say));
  console.log(`\nWhat made VGG16's strongest conv5_1 unit fire in notebooks/photos/chelsea.png:\n${picture}`);
  return 0;
});
