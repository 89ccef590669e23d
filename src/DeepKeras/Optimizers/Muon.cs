using System.Text.RegularExpressions;
using DeepKeras.Layers;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Momentum whose steps are made orthogonal, for the matrices inside a network; everything else follows AdamW
/// (Keras: <c>keras.optimizers.Muon</c>; Jordan et al., 2024; Liu et al., 2025).
/// </summary>
/// <remarks>
/// For matrices that are no embeddings (as in Keras 3.16; a convolution's kernels follow AdamW): <c>m ← μm + g</c>, <c>u = g + μm</c> (or m without Nesterov), u through <c>nsSteps</c> Newton–Schulz steps
/// <c>A = XXᵀ, X ← aX + (bA + cA²)X</c>, <c>w ← w − η·r·√max(rows, columns)·X</c>. Name the output layer in <c>excludeLayers</c>.
/// <code>model.Compile(new Muon(0.002, excludeLayers: ["output"]), loss: "sparse_categorical_crossentropy");</code>
/// </remarks>
[KerasName("muon")]
public sealed class Muon : Optimizer
{
    private readonly Regex? _excluded;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="adamBeta1">AdamW's β₁.</param>
    /// <param name="adamBeta2">AdamW's β₂.</param>
    /// <param name="adamWeightDecay">Decoupled decay of the weights that follow AdamW.</param>
    /// <param name="epsilon">Added to AdamW's denominator.</param>
    /// <param name="weightDecay">Decoupled decay of the weights that follow Muon; 0.004 by default.</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="excludeLayers">Regular expressions; weights whose path (<c>dense_1/kernel</c>) matches one follow AdamW.</param>
    /// <param name="excludeEmbeddings">Whether embeddings, weights whose path contains <c>embedding</c>, follow AdamW.</param>
    /// <param name="muonA">a of the Newton–Schulz step.</param>
    /// <param name="muonB">b of the Newton–Schulz step.</param>
    /// <param name="muonC">c of the Newton–Schulz step.</param>
    /// <param name="adamLRRatio">AdamW's learning rate over this one's.</param>
    /// <param name="momentum">How much of the old momentum each step keeps, 0 … 1.</param>
    /// <param name="nsSteps">Newton–Schulz steps, at least 1.</param>
    /// <param name="nesterov">Whether to look ahead along the momentum.</param>
    /// <param name="rmsRate">Root mean square of a step, so that AdamW's rates fit; <see langword="null"/> leaves steps as long as they are.</param>
    /// <param name="name">The name; by default <c>muon</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Muon(
        LearningRate? learningRate = null,
        [KerasName("adam_beta_1")] double adamBeta1 = 0.9,
        [KerasName("adam_beta_2")] double adamBeta2 = 0.999,
        double? adamWeightDecay = 0.004,
        double epsilon = 1e-7,
        double? weightDecay = 0.004,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string[]? excludeLayers = null,
        bool excludeEmbeddings = true,
        [KerasName("muon_a")] double muonA = 3.4445,
        [KerasName("muon_b")] double muonB = -4.775,
        [KerasName("muon_c")] double muonC = 2.0315,
        [KerasName("adam_lr_ratio")] double adamLRRatio = 1,
        double momentum = 0.95,
        int nsSteps = 5,
        bool nesterov = true,
        double? rmsRate = 0.2,
        string? name = null)
        : base(learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        CheckDecay(adamBeta1, nameof(adamBeta1));
        CheckDecay(adamBeta2, nameof(adamBeta2));
        CheckDecay(momentum, nameof(momentum));
        if (nsSteps < 1) throw Throw.BadArgument(Where, nameof(nsSteps), "at least 1", nsSteps, "Keras's default is 5.");
        AdamBeta1 = adamBeta1;
        AdamBeta2 = adamBeta2;
        AdamWeightDecay = adamWeightDecay;
        Epsilon = epsilon;
        ExcludeLayers = excludeLayers ?? [];
        ExcludeEmbeddings = excludeEmbeddings;
        MuonA = muonA;
        MuonB = muonB;
        MuonC = muonC;
        AdamLRRatio = adamLRRatio;
        Momentum = momentum;
        NsSteps = nsSteps;
        Nesterov = nesterov;
        RmsRate = rmsRate;
        if (ExcludeLayers.Length > 0) _excluded = new Regex(string.Join('|', ExcludeLayers), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>AdamW's β₁.</summary>
    public double AdamBeta1 { get; }

    /// <summary>AdamW's β₂.</summary>
    public double AdamBeta2 { get; }

    /// <summary>Decay of the weights that follow AdamW.</summary>
    public double? AdamWeightDecay { get; }

    /// <summary>Added to AdamW's denominator.</summary>
    public double Epsilon { get; }

    /// <summary>Weights that follow AdamW, by their paths.</summary>
    public string[] ExcludeLayers { get; }

    /// <summary>Whether embeddings follow AdamW.</summary>
    public bool ExcludeEmbeddings { get; }

    /// <summary>a of the Newton–Schulz step.</summary>
    public double MuonA { get; }

    /// <summary>b of the Newton–Schulz step.</summary>
    public double MuonB { get; }

    /// <summary>c of the Newton–Schulz step.</summary>
    public double MuonC { get; }

    /// <summary>AdamW's learning rate over this one's.</summary>
    public double AdamLRRatio { get; }

    /// <summary>How much of the old momentum each step keeps.</summary>
    public double Momentum { get; }

    /// <summary>Newton–Schulz steps.</summary>
    public int NsSteps { get; }

    /// <summary>Whether to look ahead along the momentum.</summary>
    public bool Nesterov { get; }

    /// <summary>Root mean square of a step.</summary>
    public double? RmsRate { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("momentum"), new("velocity")];

    /// <inheritdoc/>
    protected internal override bool IsElementWise => false;

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        if (FollowsAdam(slot.Members[0].Weight)) UpdateAsAdam(slot, gradient, learningRate * AdamLRRatio);
        else UpdateAsMuon(slot, gradient, learningRate);
    }

    internal override double? DecayOf(Weight weight) => FollowsAdam(weight) ? AdamWeightDecay : WeightDecay;

    /// <summary>Whether a weight follows AdamW: one that is no matrix, an embedding, or one that is excluded.</summary>
    internal bool FollowsAdam(Weight weight) =>
        weight.Shape.Rank != 2
        || (ExcludeEmbeddings && weight.Path.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || _excluded?.IsMatch(weight.Path) == true;

    private void UpdateAsAdam(Slot slot, Tensor gradient, double learningRate)
    {
        var step = Iterations + 1;
        var rate = learningRate * Math.Sqrt(1 - Math.Pow(AdamBeta2, step)) / (1 - Math.Pow(AdamBeta1, step));
        var mean = slot[0].mul_(AdamBeta1).add_(gradient, 1 - AdamBeta1);
        var square = slot[1].mul_(AdamBeta2).addcmul_(gradient, gradient, 1 - AdamBeta2);
        slot.Value.addcdiv_(mean, square.sqrt().add_(Epsilon), -rate);
    }

    private void UpdateAsMuon(Slot slot, Tensor gradient, double learningRate)
    {
        var mean = slot[0].mul_(Momentum).add_(gradient);
        var step = Orthogonalize(Nesterov ? gradient.add(mean, Momentum) : mean);
        var shape = gradient.shape;
        slot.Value.add_(step, -learningRate * (RmsRate is { } rate ? rate * Math.Sqrt(Math.Max(shape[0], shape[1])) : 1));
    }

    /// <summary>Brings the singular values near 1.</summary>
    private Tensor Orthogonalize(Tensor matrix)
    {
        var shape = matrix.shape;
        var isTall = shape[0] > shape[1];
        var x = isTall ? matrix.t() : matrix;
        x = x / x.norm().add_(1e-7);
        for (var i = 0; i < NsSteps; i++)
        {
            var a = x.mm(x.t());
            var b = a.mm(a).mul_(MuonC).add_(a, MuonB);
            x = b.mm(x).add_(x, MuonA);
        }
        return isTall ? x.t() : x;
    }
}
