import { colour } from "../theme/theme.js";

/**
 * Draws what a rectifier does: nothing goes on below zero, everything above; and where the value in focus stands.
 *
 * @param scale the magnitude at the ends of the line
 */
export function drawRectifier(
  canvas: HTMLCanvasElement,
  root: HTMLElement,
  value: number | undefined,
  scale: number,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return;
  const ratio = window.devicePixelRatio || 1;
  [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colour(root, "panel");
  context.fillRect(0, 0, width, height);
  const [middle, ground] = [width / 2, height * 0.65];
  const [reach, rise] = [width * 0.43, height * 0.42];
  const line = (points: readonly (readonly [number, number])[], stroke: string, wide: number): void => {
    context.strokeStyle = stroke;
    context.lineWidth = wide;
    context.lineCap = "round";
    context.beginPath();
    points.forEach(([x, y], i) => {
      if (i) context.lineTo(x, y);
      else context.moveTo(x, y);
    });
    context.stroke();
  };
  const edge = colour(root, "edge");
  line(
    [
      [16, ground],
      [width - 16, ground],
    ],
    edge,
    1,
  );
  line(
    [
      [middle, 16],
      [middle, height - 16],
    ],
    edge,
    1,
  );
  line(
    [
      [middle - reach, ground],
      [middle, ground],
    ],
    colour(root, "map-negative"),
    4,
  );
  line(
    [
      [middle, ground],
      [middle + reach, ground - rise],
    ],
    colour(root, "map-positive"),
    4,
  );
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  context.fillStyle = colour(root, "second-text");
  context.font = `13px ${getComputedStyle(root).fontFamily}`;
  context.textBaseline = "alphabetic";
  context.fillText("out", middle + 8, 28);
  context.fillText("below 0 → 0", 16, ground + 22);
  context.textAlign = "end";
  context.fillText("in", width - 16, ground + 22);
  context.textAlign = "start";
  if (value === undefined || !Number.isFinite(value) || scale === 0) return;
  const part = Math.max(-1, Math.min(1, value / scale));
  context.beginPath();
  context.arc(middle + part * reach, ground - Math.max(0, part) * rise, 7, 0, 2 * Math.PI);
  context.fillStyle = colour(root, "brand");
  context.strokeStyle = colour(root, "page");
  context.lineWidth = 2;
  context.fill();
  context.stroke();
}
