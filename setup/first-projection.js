import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { userCache } from "./cache-folder.js";

/**
 * Projects the strongest conv5_1 unit of a photo back to pixels, with the built package, and saves the picture.
 *
 * @param {string} tree
 * @param {import("./steps.js").Say} say
 * @returns {Promise<string>} where the picture lies
 */
export async function firstProjection(tree, say) {
  const { forward, project, readImage, save, strongest, vgg16 } = await import(
    pathToFileURL(join(tree, "dist", "index.js")).href
  );
  say("reading VGG16 and the photo");
  const net = await vgg16();
  const cat = await readImage(join(tree, "notebooks", "photos", "chelsea.png"));
  say("up: the forward pass");
  const seen = await forward(net, cat);
  const unit = strongest(seen, "conv5_1");
  say("down: unpool, rectify, filter");
  const down = await project(seen, unit);
  const folder = join(await userCache(tree), "pictures");
  mkdirSync(folder, { recursive: true });
  const picture = join(folder, "chelsea-conv5_1.png");
  await save(down, picture);
  say(`map ${unit.map}, row ${unit.y}, column ${unit.x}, value ${unit.value.toFixed(1)}`);
  return picture;
}
