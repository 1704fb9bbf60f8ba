import type { Formula } from "./model.js";
import type { FormulaName, Language } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/** The lessons' equations in LaTeX; their names are texts. */
const latex: Readonly<Record<FormulaName, string>> = {
  im2col: String.raw`\mathrm{Columns} = \mathrm{im2col}(\mathrm{Input})`,
  output: String.raw`\mathrm{Output} = \mathrm{Weight} \cdot \mathrm{Columns}`,
  down: String.raw`\mathrm{Columns}' = \mathrm{Weight}^{\top} \cdot \mathrm{Signal}, \qquad \mathrm{Signal}_{\mathrm{below}} = \mathrm{col2im}(\mathrm{Columns}')`,
  flip: String.raw`\mathrm{Signal}_{\mathrm{below}} = \mathrm{pad}(\mathrm{Signal}) * \mathrm{flip}(\mathrm{Kernel})`,
  quotient: String.raw`\frac{\partial L}{\partial x} \approx \frac{L(x + h) - L(x - h)}{2h}, \qquad L = \sum \mathrm{Signal} \cdot \mathrm{Output}`,
  pool: String.raw`p_i = \max_{j \in W_i} x_j, \qquad s_i = \operatorname*{arg\,max}_{j \in W_i} x_j`,
  unpool: String.raw`\hat{x}_j = \sum_{i\,:\,s_i = j} R_i`,
  rectify: String.raw`y = \max(x, 0)`,
  deconvnet: String.raw`R \cdot [R > 0]`,
  gradient: String.raw`R \cdot [x > 0]`,
  guided: String.raw`R \cdot [R > 0] \cdot [x > 0]`,
  filter: "z = W * x + b",
  softmax: String.raw`p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}`,
  crossEntropy: String.raw`L = -\ln p_{\mathrm{label}}`,
  scoreGradient: String.raw`\frac{\partial L}{\partial z_i} = p_i - [i = \mathrm{label}]`,
  filterGradient: String.raw`\frac{\partial L}{\partial \mathrm{Weight}} = \mathrm{Signal} \cdot \mathrm{im2col}(\mathrm{Input})^{\top}`,
  step: String.raw`w \leftarrow w - \eta \, \frac{\partial L}{\partial w}`,
};

/** Equations for JupyterLab's own math, with their names in the lesson's language. */
export function formulasOf(language: Language, names: readonly FormulaName[]): Formula[] {
  const texts = textsIn(language).lessons.formulas;
  return names.map((name) => ({ name: texts[name], latex: latex[name] }));
}
