import type { ExerciseTexts } from "./exercise-texts.js";
import type { LessonTexts, Size } from "./lesson-texts.js";
import type { Texts } from "./texts.js";

const size = ([height, width]: Size): string => `${height} × ${width}`;
const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join("、")} 和 ${parts[parts.length - 1]}`;
const lines = (numbers: readonly number[]): string => list(numbers.map(String));

const lessons: LessonTexts = {
  titles: {
    convolution: "卷积就是一次矩阵乘法",
    transpose: "反向就是转置",
    switches: "两个窗口，一个开关",
    rectify: "一个 ReLU，三条规则",
    network: "手算一整个反卷积网络",
    learning: "学习的一步",
  },
  panels: {
    input: "输入",
    kernel: "卷积核",
    bias: "偏置",
    columns: "列矩阵",
    weight: "权重",
    product: "权重 · 列矩阵",
    output: "输出",
    signal: "信号",
    signalRow: "信号排成行",
    weightTransposed: "权重ᵀ",
    columnsBelow: "列矩阵′",
    signalBelow: "下一层的信号",
    spread: "撑开并补零的信号",
    flipped: "翻转后的卷积核",
    painted: "卷积的结果",
    pooled: "池化结果",
    switches: "开关",
    add: "相加",
    overwrite: "覆盖",
    allTies: "所有并列最大值",
    forward: "x，进入 ReLU 之前",
    rectified: "max(x, 0)",
    picture: "图像",
    pixels: "投影",
    scores: "得分",
    probabilities: "概率",
    gradient: "梯度",
    newKernel: "更新之后",
    newBias: "更新后的偏置",
    newScores: "更新后的得分",
    newProbabilities: "更新后的概率",
  },
  labels: {
    up: "向上",
    down: "向下",
    stride: "步幅",
    padding: "填充",
    size: "大小",
    channels: "通道",
    filters: "卷积核个数",
    pool: "池化",
    rule: "规则",
    unit: "单元",
    rate: "学习率",
    label: "正确类别",
    default: "默认",
    newNumbers: "换一组数",
    editable: "可以修改的数",
    moveWindow: "移动窗口",
    cell: "格子",
    edit: "修改",
    putBack: "还原",
    oneWindow: "只看一个窗口",
    asRow: "排成一行",
  },
  formulas: {
    im2col: "窗口变成列",
    output: "卷积",
    down: "向下",
    flip: "用翻转的卷积核，结果相同",
    quotient: "与实测的梯度相同",
    pool: "池化及其开关",
    unpool: "反池化",
    rectify: "整流",
    deconvnet: "反卷积网络",
    gradient: "梯度",
    guided: "引导",
    filter: "滤波",
    softmax: "softmax",
    crossEntropy: "交叉熵",
    scoreGradient: "得分处的梯度",
    filterGradient: "对权重的梯度",
    step: "走一步",
  },
  rules: { deconvnet: "反卷积网络（deconvnet）", gradient: "梯度（gradient）", guided: "引导（guided）" },
  channel: (channel) => `通道 ${channel}`,
  filter: (filter) => `卷积核 ${filter}`,
  filterChannel: (filter, channel) => `卷积核 ${filter}，通道 ${channel}`,
  map: (map) => `特征图 ${map}`,
  none: "无",
  list,
  sentences: (parts) => parts.filter((part) => part !== "").join(""),
  convolution: {
    sentence: ({ kernel, input, windows, rows, filters }) =>
      `${size(kernel)} 的窗口在 ${size(input)} 的输入上有 ${size(windows)} 个位置。im2col 把每个窗口抄成一列，共 ${rows} 个数；${filters === 1 ? "卷积核排成一行" : `${filters} 个卷积核排成 ${filters} 行`}，行乘以列，就得到输出中的一个数。`,
    unreadRows: (rows) => `第 ${lines(rows)} 行没有被任何窗口读到。`,
    unreadColumns: (columns) => `第 ${lines(columns)} 列没有被任何窗口读到。`,
    padding: (cells) => `填充在输入四周补了 ${cells} 圈零，它们在列矩阵里也是零。`,
  },
  transpose: {
    sentence: ({ columns, most }) =>
      `权重ᵀ · 信号 又得到 ${columns} 列，col2im 把每一列加回它原来的窗口：${most === 1 ? "这里的窗口互不重叠" : `同一个格子里最多有 ${most} 个数相遇`}。`,
    column: (column, values) =>
      `第 ${column} 列 = 权重ᵀ · ${values.includes(",") ? `(${values})` : values}，col2im 把它加到它的窗口上。`,
    same: "把翻转后的卷积核在撑开的信号上滑动，得到同样的数；它们也正是 Σ 信号 · 输出 对输入的梯度。",
    quotient: ({ place, step, below, above, quotient, gradient }) =>
      `把输入 (${place}) 减小再增大 ${step}：Σ 信号 · 输出 从 ${below} 变到 ${above}，即每增加 1 变化 ${quotient}。向下传时，这个格子得到 ${gradient}。`,
    unreadRows: (rows) =>
      `输入的第 ${lines(rows)} 行从未被读到，所以没有东西传回那里：必须记住输入的大小，光凭步幅推不出来。`,
    unreadColumns: (columns) => `第 ${lines(columns)} 列从未被读到：那里传回的是 0。`,
  },
  switches: {
    windowSlides: ({ size: [height, width], stride: [down, right] }) =>
      height > down || width > right
        ? `窗口大小是 ${size([height, width])}，间隔是 ${down === right ? down : size([down, right])}，窗口会重叠，所以两个窗口的最大值可能在同一个位置。`
        : `窗口大小是 ${size([height, width])}，间隔是 ${down === right ? down : size([down, right])}，窗口不重叠：每个窗口的开关都是自己的。`,
    share: (windows, place) => `${windows} 共用 (${place})。`,
    noneShared: "没有共用的位置。",
    tie: (window, value, places) => `${window} 在 ${places} 处还有一个同样的 ${value}。`,
    added: (sum) => sum,
    overwritten: (kept, lost) => `留下 ${kept}，丢了 ${lost}`,
    tied: (value, places) => `${value} 又出现在 ${places}`,
    asAdd: "与相加的结果一样：没有共用的位置。",
    asFirst: "与相加的结果一样：没有窗口的最大值出现两次。",
    sources: {
      add: "Caffe、PyTorch 最大池化的梯度",
      overwrite: "PyTorch MaxUnpool2d，顺序不定",
      allTies: "cuda-convnet，论文所用的代码",
    },
    lost: (lost, all) => `${all} 个数里有 ${lost} 个不是任何窗口的最大值：它们永远丢失了，回来时是 0。`,
    whyAdd: "相加与顺序无关，而且正好是“取最大值”这一步的转置。",
  },
  rectify: {
    sentence: "反卷积网络只看信号 R，梯度只看向上时的 x，引导两个都看。",
    differ: (places) => `这里三条规则在 ${places} 处不同。`,
    agree: "对这些数，三条规则的结果相同。",
    cell: ({ x, signal, deconvnet, gradient, guided, zero }) =>
      zero
        ? "R 是 0：不管哪条规则，都没有东西传下来。"
        : `x = ${x}，R = ${signal}：反卷积网络${deconvnet ? "保留，因为 R > 0" : "挡住，因为 R < 0"}；梯度${gradient ? "保留，因为 x > 0" : "挡住，因为 x 不大于 0"}；引导${guided ? "保留，因为两个都大于 0" : "挡住"}。`,
  },
  network: {
    stages: {
      picture: "图像",
      filter: "滤波：卷积，再加偏置",
      rectify: "整流：负数变成 0",
      pool: "池化：保留每个窗口的最大值和它的开关",
      seed: "起点：只留一个单元，其余为 0",
      unpool: "反池化：放回开关所在的位置",
      rectifyDown: "对信号整流",
      filterDown: "滤波：同样的卷积核，转置，不加偏置",
    },
    seed: (unit, value) => `${unit} 的激活值是 ${value}`,
    seedCell: "这个单元自己的值",
    elsewhere: "0：其他单元都置零",
    rectified: (before, after) => `max(${before}, 0) = ${after}`,
    pooled: (value, place) => `最大值 ${value} 在 (${place})：这就是它的开关`,
    pooledTie: (value, place) => `最大值 ${value} 出现了多次；第一个在 (${place})，就是它的开关`,
    unpooled: (sum) => `落在它的开关上：${sum}`,
    nothingLands: "0：没有窗口的开关在这里",
    passed: (value) => `${value} 通过`,
    stopped: (value, rule, x) =>
      rule === "deconvnet"
        ? `${value} 是负数：变成 0`
        : rule === "gradient"
          ? `${value} 被挡住：向上时这里是 ${x}`
          : `${value} 被挡住：向上时这里是 ${x}，两个都必须大于 0`,
    sentence: ({ unit, value, rule, least, greatest }) =>
      `${unit} 的激活值是 ${value}。按规则 ${rule} 从它往下走，图像的像素得到 ${least} 到 ${greatest} 之间的数。`,
    silent: (unit) => `${unit} 没有激活：它是 0，它的投影也是 0。请换一个单元，或者换一组数。`,
    signed:
      "最后一次滤波之后不再整流，所以像素有正有负：大于 0 的地方变亮、小于 0 的地方变暗，会让这个单元更强。",
    unsigned: "最后一次滤波之后不再整流；这一次没有小于 0 的像素。",
    shared: (places) => `pool1 有两个窗口共用一个开关（${places}）：它们的信号在那里相加。`,
  },
  learning: {
    classes: ["七", "一"],
    seed: { name: "概率，在正确类别处减 1", cell: "概率 − [正确类别]" },
    scores: ({ label, probability, loss }) =>
      `图上写的是“${label}”，网络给它的概率是 ${probability}：损失是 −ln ${probability} = ${loss}。`,
    step: ({ rate, before, after, lossBefore, lossAfter }) =>
      `沿着梯度的反方向走一步（学习率 ${rate}），概率从 ${before} 变到 ${after}，损失从 ${lossBefore} 变到 ${lossAfter}。`,
    quotient: ({ weight, quotient, gradient }) =>
      `把权重 ${weight} 稍微增大、再稍微减小，测得 ${quotient}；反向传播给出 ${gradient}。`,
  },
  refusals: {
    notMatrix: (what) => `${what}不是矩阵：请按行写数字，例如 [[1, 2], [3, 4]]`,
    ragged: (what, row, got, wanted) =>
      `${what}：第 ${row} 行有 ${got} 个数，第 0 行有 ${wanted} 个；每行的个数要相同`,
    notNumber: (what, row, column, got) => `${what}：第 ${row} 行第 ${column} 列是 ${got}；这里要填一个数`,
    tooGreat: (what, row, column, got, most) =>
      `${what}：第 ${row} 行第 ${column} 列是 ${got}；这里的数要在 −${most} 到 ${most} 之间`,
    size: (what, got, wanted) => `${what}的大小是 ${size(got)}，应该是 ${wanted}`,
    tooLarge: (what, got, most) => `${what}的大小是 ${size(got)}；最多能显示 ${most} × ${most}`,
    count: (what, got, wanted) => `${what}：给了 ${got}，应该是 ${wanted}`,
    stride: (got, most) => `步幅是 ${got}：窗口必须往前走，步幅要是 1 到 ${most} 的整数`,
    padding: (got, most, window) =>
      `填充是 ${got}：窗口为 ${size(window)} 时，填充要是 0 到 ${most} 的整数，否则窗口可能整个落在填充里`,
    doesNotFit: (window, input, padding) =>
      `${size(window)} 的窗口放不进填充为 ${padding} 的 ${size(input)}：请把窗口改小，或者把输入或填充改大`,
    signalSize: (got, wanted) => `信号的大小是 ${size(got)}；输出是 ${size(wanted)}，传下来的信号也要这么大`,
    channels: (kernel, input) => `卷积核读 ${kernel} 个通道，输入有 ${input} 个；每个通道要有一个矩阵`,
    place: (what, got, most) => `${what}是 ${got}：应该是 0 到 ${most} 的整数`,
    number: (what, got) => `${what}：${got} 不是 −999 到 999 之间的数`,
    rate: (got) => `学习率是 ${got}：应该大于 0，最大为 10`,
    choice: (what, got, known) => `${what} 是 ${got}：应该是 ${known.join("、")} 之一`,
    unknownChange: (what, known) => `这里没有叫 ${what} 的东西；有的是 ${known.join("、")}`,
  },
};

const exercises: ExerciseTexts = { none: "" };

export const zh: Texts = { lessons, exercises };
