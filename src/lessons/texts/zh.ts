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
    gone: "内核已重新启动。请再次运行这一格。",
    quiet: "内核还没有回答。它可能正忙着运行某一格；如果它重新启动过，请再次运行这一格。",
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
    tied: (value, places) => `${value} 又出现在 ${places}。`,
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
      "最后一次滤波之后不再整流，所以像素有正有负：大于 0 的地方，卷积核要更亮的像素，小于 0 的地方要更暗的。",
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

const exercises: ExerciseTexts = {
  check: {
    passed: (cases, laws) => `${cases} 个例子全部正确。${laws.length > 0 ? `而且${laws.join("；")}。` : ""}`,
    notFunction: (name, got) => `check 要的是你的函数本身，例如 task.check(${name})；现在给的是 ${got}。`,
    threw: (error, call) => `你的函数在 ${call} 时抛出了“${error}”。`,
    notThere: "它用到了不存在的东西：往往是矩阵之外的一行，或者还没有建立的一行。",
    oneRow:
      "结果的所有行是同一个列表，改了一行就等于改了所有行：fill 不会复制列表。请为每一行新建一个：Array.from({ length: rows }, () => new Array(columns).fill(0))。",
    recursion: (call) => `你的函数在 ${call} 时不停地调用自己：什么时候应该停下来？`,
    stopped: (milliseconds, call) =>
      `你的函数在 ${call} 时运行了 ${milliseconds / 1000} 秒还没有结束，已被停下：是不是有个循环的条件永远不会变成假？`,
    promise: "你的函数返回了一个 Promise：请去掉 async，直接返回结果。",
    nothing: (call) => `你的函数在 ${call} 时什么也没有返回：是不是忘了写 return？`,
    notMatrix: (got) =>
      `你的函数返回了 ${got}；它应该返回一个矩阵，也就是由行组成的列表，例如 [[1, 2], [3, 4]]。`,
    flat: "你的函数返回了一个平铺的数字列表；它应该返回由行组成的列表，例如 [[1, 2], [3, 4]]。",
    deep: "你返回的列表嵌套太深：矩阵是行的列表，行是数的列表。",
    notList: (got) => `你的函数返回了 ${got}；它应该返回一个数的列表。`,
    notNumber: (got) => `你的函数返回了 ${got}；它应该返回一个数。`,
    ragged: (row, got, wanted) =>
      `结果的第 ${row} 行有 ${got} 个数，第 0 行有 ${wanted} 个：每一行必须一样长。`,
    entry: (place, got) => `结果在 ${place} 处是 ${got}，不是数：常见的原因是读到了矩阵外面。`,
    nan: (place, call) =>
      `结果${place ? `在 ${place} 处` : ""}是 NaN（${call}）：用不存在的东西（undefined）做了计算，或者用 0 除了 0。`,
    infinite: (place, got) =>
      `结果${place ? `在 ${place} 处` : ""}是 ${got}：除以了 0，或者初始值一直没有被替换。`,
    shape: (got, wanted) => `你的结果大小是 ${got}，应该是 ${wanted}。`,
    changed: (argument) =>
      `数都对，但是你的函数改动了传给它的“${argument}”，调用者之后还要用它。请新建一个矩阵。`,
    wrong: ({ place, got }, why) => `位置 ${place} 是 ${got}，不对。${why}`,
    wrongNumber: (got, why) => `${got} 不对。${why}`,
    onlyFixed: "（小例子都对了：这个例子的大小或数字不同。）",
    law: (law) => `例子都对，但是有一条必须成立的规律不成立：${law}。`,
    join: (sentences) => sentences.join(""),
    inCall: (call) => `这是 ${call}。`,
    hint: (step, steps) => `**提示 ${step} / ${steps}。**`,
    noMoreHints: "没有更多提示了。`solution()` 会给出一个正确的答案。",
    solution: "一种正确的写法；你的写法可以不同。",
    write: "在这里写代码",
  },
  exercises: {
    outputSize: {
      title: "输出有多大？",
      statement:
        "一个 `kernel` 格长的窗口在一行 `input` 个格子上滑动，每次移动 `stride` 格。这一行的前后各补 `padding` 个零。整个窗口放得下的位置有多少个？请给出这个数。",
      hints: [
        "先考虑步幅为 1、没有填充的情形。长 3 的窗口放在长 4 的一行里，它的第一格可以在哪里？",
        "有填充时这一行变长了：两端各长 `padding`。",
        "有步幅时，从第一个位置开始，每隔 `stride` 个才算一个。末尾剩下的不算位置：用 `Math.floor`。",
      ],
      explain: ({ input, kernel, stride, padded }) =>
        `长 ${input} 的一行加上填充共有 ${padded} 格；长 ${kernel} 的窗口从 0、${stride}、……开始，只要还放得下。数一数有几个起点。`,
      mistakes: {
        noPlusOne: "少了一个位置：你数的是移动了几步，而窗口在第一步之前也有一个位置。",
        strideIgnored: "步幅为 1 时这是对的；有步幅时，每隔 stride 个位置才算一个。",
        paddingOnce: "填充在两边都有：前面和后面。",
        paddingIgnored: "忘了填充：它让这一行变长。",
        roundedUp: "你向上取整了：只放得下一部分的窗口不算。",
        notRounded: "位置的个数是整数：末尾剩下的不算。",
        plusOneInside: "1 加得太早了：它代表第一个位置，不应该被步幅去除。",
        kernelForgotten: "忘了卷积核自己的长度：窗口的最后一格也要放得下。",
      },
      laws: {},
    },
    im2col: {
      title: "窗口变成列",
      statement:
        "把 `input` 的每个窗口放进单独的一列。窗口大小是 `kernelHeight` × `kernelWidth`，相隔 `stride`，输入四周补 `padding` 圈零。第 0 列是左上角的窗口，然后先向右、再向下。一列之中的数按阅读的顺序排：沿着窗口的行。结果有 `kernelHeight · kernelWidth` 行，每个窗口一列。",
      hints: [
        "先用 3 × 3 的输入和 2 × 2 的窗口手写一遍：四列，每列四个数。",
        "结果的第 r 行是每个窗口里的同一个位置：第 `Math.floor(r / kernelWidth)` 行、第 `r % kernelWidth` 列。外层循环走这些位置，内层循环走窗口。",
        "从 `(y · stride − padding, x · stride − padding)` 开始的窗口，读到外面时算 0：`input[row]?.[column] ?? 0`。",
      ],
      explain: ({ row, column, window, inside }) =>
        `第 ${column} 列是从 ${window} 开始的窗口，第 ${row} 行是窗口里的位置 ${inside}。`,
      mistakes: {
        transposed: "行和列颠倒了：你的窗口排成了行，每个窗口应该是一列。",
        strideIgnored: "忽略了步幅：你的窗口每一格都有一个。",
        stepIsKernel: "你的窗口一个挨着一个，间隔是窗口的大小：间隔应该是 `stride`，窗口可以重叠。",
        paddingIgnored: "忘了填充：窗口也会从输入四周的零开始。",
        windowsDownFirst: "你的窗口先往下走：下一列应该是右边的窗口，和阅读的顺序一样。",
        cellsDownFirst: "一列之中，你的数先沿窗口往下走：应该沿着窗口的行走。",
        sizesSwapped: "窗口的高和宽颠倒了。",
        lastWindowMissing: "少了最后的窗口：在最末尾窗口仍然放得下（用 `<=`，不是 `<`）。",
      },
      laws: { adjoint: "它与第 2 课的 col2im（它的回程）相配：⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩" },
    },
    convolve: {
      title: "卷积，一个窗口一个窗口地算",
      statement:
        "让 `kernel` 在 `input` 上滑动，每次 `stride` 格，四周补 `padding` 圈零。输出的每个数是窗口与卷积核逐个相乘再相加：$\\sum_{i,j} \\mathrm{kernel}_{ij} \\cdot \\mathrm{window}_{ij}$。神经网络在这里不翻转卷积核。",
      hints: [
        "输出有多大？前面已经算过了。",
        "四层循环：两层走输出，里面两层走卷积核。",
        "输入的格子是 `[y * stride + ky - padding][x * stride + kx - padding]`，在外面时算 0。",
      ],
      explain: ({ window, kernel }) =>
        `那里的窗口是 ${window}，与卷积核 ${kernel} 逐个相乘再相加。请手算一遍。`,
      mistakes: {
        flipped: "卷积核被翻转了：数学里要翻转，神经网络里不翻。请原样放到窗口上。",
        strideIgnored: "忽略了步幅：你的窗口每次只移动一格。",
        paddingIgnored: "忘了填充：输入四周有零。",
        edgeRepeated: "你的填充重复了边缘的数：这里填充的是零。",
        kernelTransposed: "卷积核的行和列颠倒了：kernel[ky][kx] 对应窗口的第 ky 行、第 kx 列。",
        transposed: "输出的行和列颠倒了。",
        kernelIgnored: "你把窗口本身加了起来：每个数要先乘以卷积核的数。",
        lastWindowMissing: "少了最后一行和一列：在最末尾窗口仍然放得下（用 `<=`，不是 `<`）。",
      },
      laws: { linear: "convolve(a + 3b) = convolve(a) + 3 · convolve(b)：它是线性的" },
    },
    flip: {
      title: "翻转卷积核",
      statement:
        "向下走时，卷积核要上下**并且**左右翻转：第一个数变成最后一个。请用一个新矩阵给出翻转后的卷积核。",
      hints: [
        "在纸上写一个 2 × 2 的卷积核，把纸转半圈，数字到了哪里？",
        "分两步：把行的顺序倒过来；再把每一行里数的顺序倒过来。",
        "`reverse()` 会改动原来的列表：先复制，`[...row].reverse()`。",
      ],
      explain: () => "最后一行变成第一行，其中最后一个数变成第一个数。",
      mistakes: {
        unchanged: "还没有翻转。",
        upsideDownOnly: "只上下翻转了：还要左右翻转。",
        mirroredOnly: "只左右翻转了：还要上下翻转。",
        transposed: "这是把行和列互换（矩阵的转置）。“转置”卷积翻转它的卷积核，并不转置卷积核。",
        antiTransposed: "除了翻转以外，行和列也互换了。",
        quarterTurn: "这是转了四分之一圈；上下左右都翻转是转半圈。",
        negated: "位置对了，但是符号反了：翻转只改变位置。",
      },
      laws: { twice: "翻转两次又得到原来的卷积核" },
    },
    col2im: {
      title: "列回到图像",
      statement:
        "`im2col` 的反向：把每一列加回它原来的窗口。图像大小是 `height` × `width`，一开始全是零；窗口大小是 `kernelHeight` × `kernelWidth`，相隔 `stride`，没有填充，按阅读的顺序编号。窗口重叠的地方，数要**相加**。没有窗口读到的格子保持 0。",
      hints: [
        "一行里有多少个窗口？知道了这个数 across，第 c 列就是第 `Math.floor(c / across)` 行、第 `c % across` 列的窗口。",
        "列矩阵的第 r 行是窗口里的第 `Math.floor(r / kernelWidth)` 行、第 `r % kernelWidth` 列。",
        "从全零开始，走遍 `columns` 的所有数，把每个数加到它的格子上：`+=`。",
      ],
      explain: ({ count, parts }) =>
        count === "0"
          ? "没有窗口读这个格子，所以没有东西回到这里。"
          : `有 ${count} 个数回到这个格子，在 columns 中的（行, 列）是：${parts}。把它们加起来。`,
      mistakes: {
        overwritten: ({ place, got }) =>
          `位置 ${place} 只有 ${got}：有几个窗口都包含这个格子，后面的覆盖了前面的。它们应该相加（+=）。`,
        overwrittenByRows: ({ place, got }) =>
          `位置 ${place} 只有 ${got}：有几个窗口都包含这个格子，一个数覆盖了其他的。它们应该相加（+=）。`,
        averaged: ({ place }) => `位置 ${place} 是平均值：重叠窗口的数要相加，不要除。`,
        strideIgnored: "忽略了步幅：你的窗口只相隔一格。",
        windowsDownFirst: "你的窗口先往下走：下一列属于右边的窗口。",
        cellsDownFirst: "窗口之中，你的数先往下走：应该沿着窗口的行走。",
        transposed: "图像的行和列颠倒了。",
        sizeLost: "你的图像到最后一个窗口就结束了：它的大小是 height × width，没有窗口读到的地方是 0。",
      },
      laws: { adjoint: "⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩ 成立：它正好是转置" },
    },
    transposeFilter: {
      title: "向下的滤波",
      statement:
        "向上时，`kernel` 在一张 `height` × `width` 的图上滑动，每次 `stride` 格。现在 `signal` 传下来，每个窗口一个数。请给出下一层的信号，大小是 `height` × `width`：信号的每个数乘以卷积核，涂在它原来的窗口上；窗口重叠的地方相加。",
      hints: [
        "先只看信号在 (0, 0) 的一个数。它的窗口里有哪些格子？每个格子得到多少？",
        "位于 (y, x) 的数是由从 `(y * stride, x * stride)` 开始的窗口算出来的。它向上经过 `kernel[ky][kx]`，向下也经过同一个数。",
        "四层循环，一行代码：`below[y * stride + ky][x * stride + kx] += signal[y][x] * kernel[ky][kx]`。",
      ],
      explain: ({ count, parts }) =>
        count === "0"
          ? "没有窗口包含这个格子，所以没有东西传到这里。"
          : `信号中有 ${count} 个数的窗口包含这个格子：${parts}。每个数都乘以卷积核在这个位置的数，传到这里。`,
      mistakes: {
        noFlip:
          "卷积核的方向反了。如果你在补零的信号上滑动窗口，要先翻转卷积核；如果你是一个个地涂，就不要翻转。",
        overwritten: ({ place, got }) =>
          `位置 ${place} 只有 ${got}：有几个窗口都包含这个格子，传下来的数要相加（+=）。`,
        strideIgnored: "忽略了步幅：你的窗口只相隔一格。",
        sizeLost: "大小丢了：结果是 height × width，没有窗口到达的地方是零。",
        kernelTransposed: "卷积核的行和列颠倒了。",
        centred: "你把卷积核的中心放在了那个位置上：窗口是从那里开始的，放在那里的是它的第一格。",
        rectifiedAfter: "负数不见了：滤波之后不再整流，传下来的数有正有负。",
        transposed: "结果的行和列颠倒了。",
      },
      laws: { adjoint: "⟨convolve(x), y⟩ = ⟨x, transposeFilter(y)⟩ 成立：向下是向上的转置" },
    },
    pool: {
      title: "最大池化",
      statement:
        "给出每个窗口里最大的数。窗口大小是 `size` × `size`，相隔 `stride`。输入四周有 `padding` 圈填充，但填充永远不会是最大值：它算作 −∞。",
      hints: [
        "窗口竖着有几个、横着有几个？和卷积一样。",
        "四层循环。每个窗口从 `-Infinity` 开始，因为里面的数可能全是负的。",
        "输入外面的格子：跳过，或者当作 `-Infinity`。",
      ],
      explain: ({ window }) => `那里的窗口看到 ${window}；哪个最大？`,
      mistakes: {
        paddingZero: ({ place, got }) =>
          `位置 ${place} 是 ${got}：那是填充的零，而窗口里只有负数。填充永远不会是最大值。`,
        startsAtZero: ({ place, got }) =>
          `位置 ${place} 是 ${got}，而窗口里只有负数：你的最大值从 0 开始。请从 -Infinity 开始。`,
        strideIgnored: "忽略了步幅：你的窗口只相隔一格。",
        strideIsSize: "你的窗口一个挨着一个：间隔应该是 `stride`，它不一定等于窗口的大小，窗口可以重叠。",
        paddingIgnored: "忘了填充：窗口也会从输入之前开始。",
        averaged: "这是窗口的平均值：最大池化保留最大的数。",
        minimum: "这是窗口里最小的数：应该保留最大的。",
        magnitude: ({ place, got }) => `位置 ${place} 是 ${got}：符号丢了。−9 比 1 小，不管它离 0 多远。`,
        transposed: "行和列颠倒了。",
        lastWindowMissing: "少了最后一行和一列：在最末尾窗口仍然放得下（用 `<=`，不是 `<`）。",
      },
      laws: {},
    },
    switches: {
      title: "最大值在哪里？",
      statement:
        "对每个窗口（`size` × `size`，相隔 `stride`，没有填充）给出它的最大值在哪里：这就是它的**开关**，写成在输入中的位置 `行 · 宽 + 列`，宽是 `input[0].length`。有几个相同的最大值时，按阅读的顺序取第一个。",
      hints: [
        "这是一个多记住两个数的最大池化：目前最好的那个数的行和列。",
        "位置 0 是输入的第一个数，位置 `width` 是第二行的第一个数。",
        "只有更大的数（`>`）才替换目前最好的：这样相同的数里第一个留下。",
      ],
      explain: ({ window, from, width }) =>
        `从 ${from} 开始的窗口看到 ${window}。找出其中最大的数里的第一个；它在整个输入中的位置是 行 · ${width} + 列。`,
      mistakes: {
        lastTie: ({ place, got }) =>
          `位置 ${place} 是 ${got}：这个窗口的最大值出现了几次，你留了最后一个。应该取第一个：只有更大时才替换（>，不是 >=）。`,
        insideWindow: "你的位置是在窗口里数的：应该在整个输入里数。",
        pooledWidth: "你的位置是 行 · （池化后的宽）+ 列：应该用输入的宽。",
        columnMajor: "你的位置沿着列数（列 · 高 + 行）：应该沿着行数，行 · 宽 + 列。",
        values: "这是最大值本身：要给的是它们在哪里。",
        strideIgnored: "忽略了步幅：你的窗口只相隔一格。",
        fromOne: "你的位置从 1 开始数：第一个应该是 0。",
        magnitude: "你找的是离 0 最远的数：最大值是最大的数，负数是小的。",
        transposed: "结果的行和列颠倒了。",
      },
      laws: {},
    },
    unpool: {
      title: "反池化",
      statement:
        "向下走时，`signal` 的每个数回到它的窗口的最大值原来的位置：`switches` 里记着这个位置，`行 · width + 列`，在一张 `height` × `width` 的图里。其他地方都是 0。两个窗口共用一个开关时，它们的数要**相加**。",
      hints: [
        "从一个 `height` × `width` 的全零矩阵开始。",
        "位置 p 是第 `Math.floor(p / width)` 行、第 `p % width` 列。",
        "两个窗口可能有同一个开关：用 `+=` 相加，这样哪个都不会丢。",
      ],
      explain: ({ count, windows, position }) =>
        count === "0"
          ? `没有开关是 ${position}，也就是这个格子：没有东西落在这里。`
          : `这个格子是位置 ${position}，它是窗口 ${windows} 的开关。`,
      mistakes: {
        overwritten: ({ place, got }) =>
          `位置 ${place} 只有 ${got}：两个窗口共用这个开关，它们的值要相加。你的后一个覆盖了前一个（用了 =，不是 +=）。`,
        firstKept: ({ place, got }) =>
          `位置 ${place} 只有 ${got}：两个窗口共用这个开关，它们的值要相加。你只留了第一个。`,
        greaterKept: ({ place, got }) =>
          `位置 ${place} 只有 ${got}：两个窗口共用这个开关，它们的值要相加。你只留了较大的。`,
        averaged: ({ place }) => `位置 ${place} 是平均值：两个窗口共用一个开关时，它们的值要相加。`,
        nearest: "这是最近邻上采样：每个值填满了整个窗口。反池化把它放回一个位置，也就是它的开关，周围是零。",
        topLeft: "你的值都放在了窗口的第一格：开关说的才是最大值真正的位置。",
        columnMajor: "你沿着列读位置：位置是 行 · width + 列，所以行是 Math.floor(p / width)。",
        sidesSwapped: "你用高去除位置：位置是 行 · width + 列，所以要除以宽。",
        fromOne: "位置从 0 开始数：你的值都早落了一格。",
        ones: "你在值落下的地方写了 1：应该写信号自己的值。",
      },
      laws: { adjoint: "⟨unpool(y), x⟩ = ⟨y, x 在开关处的值⟩ 成立：它是“取最大值”的转置" },
    },
    relu: {
      title: "向上的 ReLU",
      statement: "整流：负数变成 0，其他的数不变：$\\max(x, 0)$。",
      hints: [
        "−2 变成什么？3 呢？",
        "走遍每一行，再走遍一行里的每个数：`map` 里套 `map`。",
        "`Math.max(value, 0)`。",
      ],
      explain: ({ x }) => `那里的 x 是 ${x}：它是负数吗？`,
      mistakes: {
        absolute: "负数变成了正数：它们应该变成 0。",
        negativesKept: "你留下了负数，丢了其他的：正好相反。",
        mask: "这是用 1 和 0 表示哪里 x > 0：大于 0 的数应该保持原样。",
        unchanged: "负数还在。",
        leaky: "负数变小了，但不是 0：那是 leaky ReLU。",
        clipped: "大于 1 的数被截掉了：ReLU 没有上限。",
        offset: "你的结果里没有小于 1 的数：界限是 0。",
      },
      laws: { twice: "再整流一次不会有变化" },
    },
    rectify: {
      title: "向下的 ReLU：三条规则",
      statement:
        '`signal`（$R$）传到一个 ReLU；`forward`（$x$）是向上时进入它的数。请给出继续往下传的数：规则 `"deconvnet"` 是 $R \\cdot [R > 0]$；`"gradient"` 是 $R \\cdot [x > 0]$；`"guided"` 是 $R \\cdot [R > 0] \\cdot [x > 0]$。',
      hints: [
        "[R > 0] 在 R 大于 0 的地方是 1，其他地方是 0：方括号说明哪些数能通过。通过的数保持原值。",
        "哪些规则看 R 的符号？哪些看 x？guided 两个都看。",
        "x = 0 时不能通过：规则说的是 x > 0。",
      ],
      explain: ({ signal, x, rule }) => `那里 R 是 ${signal}，x 是 ${x}：${rule} 让它通过吗？`,
      mistakes: {
        forwardMask:
          "不管哪条规则，你都用向上时的掩码（x > 0）来决定：那是 gradient。deconvnet 只看信号自己的符号。",
        ruleIgnored: "忽略了规则：你的总是 deconvnet。",
        alwaysGuided: "你总是看两个符号：那是 guided。deconvnet 只看 R，gradient 只看 x。",
        rulesSwapped: "deconvnet 和 gradient 颠倒了：deconvnet 看 R，gradient 看 x。",
        zeroPasses: "x 等于 0 的地方什么也不能通过：规则是 x > 0，不是 x ≥ 0。",
        forwardRectified: "两个矩阵颠倒了：往下传的是信号，forward 只用来决定。",
        mask: "这是用 1 和 0 表示哪里能通过：通过的数应该保持原值。",
        multiplied: "信号乘以了 x 本身：x 只决定能不能通过。",
        negated: "该挡住的你留下了，该通过的你挡住了。",
      },
      laws: {},
    },
    seed: {
      title: "只留一个激活值",
      statement:
        "投影从一个激活值开始：同一层的其他单元都置零。请给出一张和 `map` 一样大的图，只有第 `y` 行、第 `x` 列有值：它自己的值，符号不变。",
      hints: [
        "结果和 map 一样大。",
        "走遍所有格子；只有行是 `y` 并且列是 `x` 的地方保留值。",
        "`map.map((row, i) => row.map((value, j) => …))`",
      ],
      explain: () => "只有第 y 行、第 x 列的格子保留它的值；其他都是 0。",
      mistakes: {
        ones: "那个位置是 1：应该保留它自己的激活值。",
        wholeMap: "整张图都保留了：只要一个激活值，其他都变成 0。",
        swapped: "行和列颠倒了：y 是行，行在前面，map[y][x]。",
        rectified: "负的激活值变成了 0：起点要保留符号。",
        equalsKept: "值相同的其他格子也保留了：只看位置，不看值。",
        strongest: "你保留了整张图里最强的激活值：应该保留指定的那个。",
        erased: "你把那个单元置零，留下了其他的：正好相反。",
        fromOne: "行和列从 0 开始数：你的早了一格。",
        sum: "那个位置是整张图的和：应该是它自己的激活值。",
        rowKept: "整行都保留了：只要其中的一个格子。",
      },
      laws: {},
    },
    deconvnetLayer: {
      title: "反卷积网络的一层",
      statement:
        "向下走一层，顺序是：**反池化**，用 `switches` 把 `signal` 放进 `height` × `width`（共用开关的相加）；**整流**（负数变成 0）；**滤波**，用同一个 `kernel` 的转置，步幅 1：每个数把卷积核涂在它原来的窗口上，下一层的图高 `height + kernel.length − 1`、宽 `width + kernel[0].length − 1`。`bias` 是向上时加的偏置。",
      hints: [
        "三个函数一个接一个。三个你都写过。",
        "向下时需要偏置吗？论文里的滤波是转置的；加在每个窗口上的同一个数，说明不了图像里有什么。",
        "滤波之后不再整流：结果可以是负的。",
      ],
      explain: () => "把三步分开检查：反池化、整流、滤波。反池化后的图对吗？",
      mistakes: {
        biasAdded: "加了偏置：向下时没有偏置。",
        notRectified: "反池化和滤波之间没有整流。",
        rectifiedAfter: "你在滤波之后整流：应该在滤波之前。最后出来的数有正有负。",
        rectifiedBefore: "你在反池化之前整流：先反池化，再整流。两个窗口共用一个开关时，两者不一样。",
        bothRectified: "多整流了一次：滤波之后不再整流，出来的数有正有负。",
        noFlip:
          "卷积核的方向反了：如果你在补零的信号上滑动窗口，要翻转卷积核；如果你是一个个地涂，就不要翻转。",
        overwritten: "两个窗口共用一个开关，一个覆盖了另一个：它们的值要相加。",
        nearest: "每个值填满了整个窗口：反池化把它放在开关的位置，周围是零。",
        ordinary: "这是向上的卷积，图变小了：向下用的是转置卷积，图会变大。",
        sameSize: "下一层的图被截掉了：它比反池化后的图大，多出卷积核的大小减 1。",
      },
      laws: {},
    },
    softmax: {
      title: "Softmax",
      statement:
        "把得分变成概率：$p_i = e^{z_i} / \\sum_j e^{z_j}$。它们都是正的，加起来是 1。得分很大时也要能算。",
      hints: [
        "先对每个得分求 `Math.exp`，再各自除以总和。",
        "$e^{1000}$ 在计算机里是无穷大。但是只有得分的差起作用：对任何 $m$，$e^{z_i - m} / \\sum_j e^{z_j - m}$ 都一样。",
        "先从所有得分里减去最大的得分。",
      ],
      explain: () => "每个数是 e 的得分次方，除以所有这些数的和。",
      mistakes: {
        notNormalised: "加起来不是 1：要除以总和。",
        noExponential: "你直接除了得分：先求 e 的得分次方，这样就没有负数了。",
        oneHot: "最大的得分拿走了全部：softmax 是“软”的，其他的也有份。",
        overflow: "得分小时是对的；得分大时 e^1000 是无穷大，∞ / ∞ 是 NaN。先从所有得分里减去最大的得分。",
        dividedByGreatest: "最大的那个得到了 1，加起来就不是 1：要除以总和。",
        baseTwo: "你用的是 2 的次方：应该用 e 的次方，Math.exp。",
        negated: "符号反了：最小的得分得到了最多。",
        logarithm: "这是概率的对数。",
      },
      laws: { sum: "概率加起来是 1", shift: "给所有得分加上同一个数，结果不变" },
    },
    softmaxCrossEntropy: {
      title: "错得有多厉害？",
      statement:
        "给出 `scores` 的损失，其中正确的类别是 `label`（从 0 数起）：得分先经过 softmax，损失是 $-\\ln p_{\\mathrm{label}}$。得分很大时也要能算。",
      hints: [
        "先 softmax，再对其中一个数取对数。",
        "`Math.log` 是自然对数；概率的对数是负的，所以前面有负号。",
        "得分很大时：$-\\ln p = \\ln \\sum_j e^{z_j - m} - (z_{\\mathrm{label}} - m)$，$m$ 是最大的得分。",
      ],
      explain: () => "先对所有得分求 softmax，再取正确类别的概率的 −ln。",
      mistakes: {
        noMinus: "少了负号：损失是正的，而概率的对数不是。",
        probability: "这是正确类别的概率：损失是它的 −ln。",
        baseTwo: "你取了以 2 为底的对数：应该用自然对数，Math.log。",
        noSoftmax: "你直接对得分取了对数：要先变成概率，所以前面要有 softmax。",
        allClasses: "你把所有类别加了起来：只算正确的那个。",
        oneMinus: "这是 1 − p：损失是 −ln p。",
        fromOne: "类别从 0 数起。",
        squared: "这是平方误差：交叉熵是正确类别的概率的 −ln。",
        overflow: "得分小时是对的；得分大时 e^1000 是无穷大。先从所有得分里减去最大的得分。",
      },
      laws: { shift: "给所有得分加上同一个数，结果不变" },
    },
    scoreGradient: {
      title: "最先往下传的数",
      statement:
        "得分变化时，上一题的损失 $L = -\\ln p_{\\mathrm{label}}$ 也变化：对正确的类别，$\\partial L / \\partial z_i = p_i - 1$；对其他类别是 $p_i$。请给出这个梯度，每个得分一个数。",
      hints: [
        "先求 softmax：它的概率几乎就是答案。",
        "只在一个地方要减：在 `label` 处。",
        "这些数加起来是 0：正确的类别要增加多少，其他的就要减少多少。",
      ],
      explain: () => "每个数是它的概率；正确的类别再减 1。",
      mistakes: {
        probabilities: "这是概率：在正确的类别处要减 1。",
        negated: "符号反了：梯度指向损失增大的方向，所以在正确的类别处是 p − 1。",
        everywhere: "你处处都减了 1：只在正确的类别处减。",
        labelOnly: "其他类别在你这里是 0：它们应该是各自的概率，因为它们要变小。",
        scores: "你从得分里减：得分要先经过 softmax。",
        byProbability: "这是对概率的梯度 −1/p：还要再经过 softmax 本身。",
        fromOne: "类别从 0 数起。",
        squared: "处处大了一倍：那属于平方误差。",
      },
      laws: { sum: "这些数加起来是 0", quotient: "与损失的差商一致" },
    },
    filterGradient: {
      title: "对卷积核的梯度",
      statement:
        "向上时，一个卷积核在 `input` 上滑动，步幅 1，没有填充。现在 `signal` 传下来，每个窗口一个数。卷积核的每个数变化时，损失变化多少？请给出这个梯度：它和卷积核一样大，高是 `input.length − signal.length + 1`，宽也一样算。",
      hints: [
        "卷积核在 (ky, kx) 的数，在位于 (y, x) 的窗口里乘的是 `input[y + ky][x + kx]`，而那里的信号说明这一项有多重要。",
        "对所有窗口求和：信号乘以输入中与卷积核那个数相遇的数。",
        "这就是对输入做卷积，用信号代替卷积核。",
      ],
      explain: ({ place, count }) =>
        `卷积核在 ${place} 的数，在 ${count} 个窗口里各遇到输入的一个数：每个乘以那个窗口的信号，再加起来。`,
      mistakes: {
        flipped: "结果上下左右都翻转了：卷积核的第一个数遇到的是窗口的第一格。",
        inputIgnored: "忘了输入：信号的每个数要乘以进去的数。（单独求和是偏置的梯度。）",
        averaged: "这是平均值：各个窗口带来的要相加，不要除。",
        firstOnly: "你只算了第一个窗口：卷积核在所有窗口里都用到了。",
        spread: "你的结果比输入还大：那是往下传的信号。对卷积核的梯度和卷积核一样大。",
        transposed: "结果的行和列颠倒了。",
        signalTransposed: "信号的行和列颠倒了。",
        magnitude: "信号的符号丢了：负的信号表示那个数应该增大。",
      },
      laws: { quotient: "与对卷积核每个数的差商一致" },
    },
    sgdStep: {
      title: "学习的一步",
      statement:
        "给出梯度下降走一步之后的权重：$w \\leftarrow w - \\eta \\cdot g$，$\\eta$ 是学习率（`rate`），$g$ 是梯度。请新建一个矩阵。",
      hints: [
        "梯度指向损失增大的方向：要往反方向走。",
        "每个权重各算各的：`weight - rate * gradient[y][x]`。",
        "`map` 会新建一个矩阵；给 `weights[y][x]` 赋值会改动传进来的那个。",
      ],
      explain: ({ weight, gradient, rate }) =>
        `那里的权重是 ${weight}，梯度是 ${gradient}，学习率是 ${rate}。`,
      mistakes: {
        uphill: "你顺着梯度走，损失会变大：应该减。",
        rateForgotten: "忘了学习率：一步是学习率乘以梯度。",
        rateDivided: "你除以了学习率：应该乘。",
        stepOnly: "这只是那一步：要加到权重上。",
        signOnly: "你只用了梯度的符号：它的大小也要算。",
        rateOnWeights: "学习率乘到了权重上：它属于梯度。",
        multiplied: "权重被乘了：应该从权重里减去那一步。",
        gradientOnly: "这是学习率乘以梯度：要从权重里减去它。",
        firstRowOnly: "只有第一行变了。",
      },
      laws: { downhill: "走一小步，Σ w² 会变小" },
    },
  },
};

export const zh: Texts = { lessons, exercises };
