using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Cross entropy of logits.</summary>
    public sealed class CrossEntropyLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        public CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, nn.Reduction reduction = nn.Reduction.Mean, double label_smoothing = 0.0) : base(nameof(CrossEntropyLoss)) => (this.weight, this.ignore_index, this.reduction, this.label_smoothing) = (weight, ignore_index, reduction, label_smoothing);

        public Tensor? weight { get; set; }
        public long? ignore_index { get; set; }
        public nn.Reduction reduction { get; set; }
        public double label_smoothing { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
    }

    /// <summary>Binary cross entropy of probabilities.</summary>
    public sealed class BCELoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal BCELoss(Tensor? weight, nn.Reduction reduction) : base(nameof(BCELoss)) => (this.weight, this.reduction) = (weight, reduction);

        public Tensor? weight { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.binary_cross_entropy(input, target, weight, reduction);
    }

    /// <summary>Binary cross entropy of logits.</summary>
    public sealed class BCEWithLogitsLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal BCEWithLogitsLoss(Tensor? weight, nn.Reduction reduction, Tensor? pos_weights) : base(nameof(BCEWithLogitsLoss)) => (this.weight, this.reduction, this.pos_weights) = (weight, reduction, pos_weights);

        public Tensor? weight { get; set; }
        public nn.Reduction reduction { get; set; }
        public Tensor? pos_weights { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
    }

    /// <summary>Negative log likelihood.</summary>
    public sealed class NLLLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal NLLLoss(Tensor? weight, nn.Reduction reduction) : base(nameof(NLLLoss)) => (this.weight, this.reduction) = (weight, reduction);

        public Tensor? weight { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.nll_loss(input, target, weight, reduction);
    }

    /// <summary>Squared error.</summary>
    public sealed class MSELoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal MSELoss(nn.Reduction reduction) : base(nameof(MSELoss)) => this.reduction = reduction;

        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.mse_loss(input, target, reduction);
    }

    /// <summary>Absolute error.</summary>
    public sealed class L1Loss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal L1Loss(nn.Reduction reduction) : base(nameof(L1Loss)) => this.reduction = reduction;

        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.l1_loss(input, target, reduction);
    }

    /// <summary>Squared near 0, absolute further out.</summary>
    public sealed class SmoothL1Loss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal SmoothL1Loss(nn.Reduction reduction, double beta) : base(nameof(SmoothL1Loss)) => (this.reduction, this.beta) = (reduction, beta);

        public nn.Reduction reduction { get; set; }
        public double beta { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.smooth_l1_loss(input, target, reduction, beta);
    }

    /// <summary>Huber's loss.</summary>
    public sealed class HuberLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal HuberLoss(double delta, nn.Reduction reduction) : base(nameof(HuberLoss)) => (this.delta, this.reduction) = (delta, reduction);

        public double delta { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.huber_loss(input, target, delta, reduction);
    }

    /// <summary>Kullback–Leibler divergence.</summary>
    public sealed class KLDivLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal KLDivLoss(bool log_target, nn.Reduction reduction) : base(nameof(KLDivLoss)) => (this.log_target, this.reduction) = (log_target, reduction);

        public bool log_target { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.kl_div(input, target, log_target, reduction);
    }

    /// <summary>Hinge on distances.</summary>
    public sealed class HingeEmbeddingLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal HingeEmbeddingLoss(double margin, nn.Reduction reduction) : base(nameof(HingeEmbeddingLoss)) => (this.margin, this.reduction) = (margin, reduction);

        public double margin { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.hinge_embedding_loss(input, target, margin, reduction);
    }

    /// <summary>log(1 + exp(−yx)).</summary>
    public sealed class SoftMarginLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal SoftMarginLoss(nn.Reduction reduction) : base(nameof(SoftMarginLoss)) => this.reduction = reduction;

        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.soft_margin_loss(input, target, reduction);
    }

    /// <summary>Hinge over several labels.</summary>
    public sealed class MultiLabelMarginLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal MultiLabelMarginLoss(nn.Reduction reduction) : base(nameof(MultiLabelMarginLoss)) => this.reduction = reduction;

        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.multi_label_margin_loss(input, target, reduction);
    }

    /// <summary>Hinge over classes.</summary>
    public sealed class MultiMarginLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal MultiMarginLoss(int p, double margin, Tensor? weight, nn.Reduction reduction) : base(nameof(MultiMarginLoss)) => (this.p, this.margin, this.weight, this.reduction) = (p, margin, weight, reduction);

        public int p { get; set; }
        public double margin { get; set; }
        public Tensor? weight { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.multi_margin_loss(input, target, p, margin, weight, reduction);
    }

    /// <summary>Negative log likelihood of a Poisson distribution.</summary>
    public sealed class PoissonNLLLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        internal PoissonNLLLoss(bool log_input, bool full, float eps, nn.Reduction reduction) : base(nameof(PoissonNLLLoss)) => (this.log_input, this.full, this.eps, this.reduction) = (log_input, full, eps, reduction);

        public bool log_input { get; set; }
        public bool full { get; set; }
        public float eps { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target) => nn.functional.poisson_nll_loss(input, target, log_input, full, eps, reduction);
    }

    /// <summary>Cosine distance of pairs.</summary>
    public sealed class CosineEmbeddingLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
    {
        internal CosineEmbeddingLoss(double margin, nn.Reduction reduction) : base(nameof(CosineEmbeddingLoss)) => (this.margin, this.reduction) = (margin, reduction);

        public double margin { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input1, Tensor input2, Tensor target) => nn.functional.cosine_embedding_loss(input1, input2, target, margin, reduction);
    }

    /// <summary>Hinge on an order.</summary>
    public sealed class MarginRankingLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
    {
        internal MarginRankingLoss(double margin, nn.Reduction reduction) : base(nameof(MarginRankingLoss)) => (this.margin, this.reduction) = (margin, reduction);

        public double margin { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input1, Tensor input2, Tensor target) => nn.functional.margin_ranking_loss(input1, input2, target, margin, reduction);
    }

    /// <summary>Nearer to the positive than to the negative.</summary>
    public sealed class TripletMarginLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
    {
        internal TripletMarginLoss(double margin, long p, double eps, bool swap, nn.Reduction reduction) : base(nameof(TripletMarginLoss)) => (this.margin, this.p, this.eps, this.swap, this.reduction) = (margin, p, eps, swap, reduction);

        public double margin { get; set; }
        public long p { get; set; }
        public double eps { get; set; }
        public bool swap { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor anchor, Tensor positive, Tensor negative) => nn.functional.triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap, reduction);
    }

    /// <summary>Negative log likelihood of a normal distribution.</summary>
    public sealed class GaussianNLLLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
    {
        internal GaussianNLLLoss(bool full, float eps, nn.Reduction reduction) : base(nameof(GaussianNLLLoss)) => (this.full, this.eps, this.reduction) = (full, eps, reduction);

        public bool full { get; set; }
        public float eps { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor input, Tensor target, Tensor variance) => nn.functional.gaussian_nll_loss(input, target, variance, full, eps, reduction);
    }

    /// <summary>Connectionist temporal classification.</summary>
    public sealed class CTCLoss : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor>
    {
        internal CTCLoss(long blank, bool zero_infinity, nn.Reduction reduction) : base(nameof(CTCLoss)) => (this.blank, this.zero_infinity, this.reduction) = (blank, zero_infinity, reduction);

        public long blank { get; set; }
        public bool zero_infinity { get; set; }
        public nn.Reduction reduction { get; set; }

        public override Tensor forward(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths) => nn.functional.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity, reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) => new(weight, ignore_index, reduction);
            public static BCELoss BCELoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) => new(weight, reduction);
            public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean, Tensor? pos_weights = null) => new(weight, reduction, pos_weights);
            public static NLLLoss NLLLoss(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) => new(weight, reduction);
            public static MSELoss MSELoss(nn.Reduction reduction = nn.Reduction.Mean) => new(reduction);
            public static L1Loss L1Loss(nn.Reduction reduction = nn.Reduction.Mean) => new(reduction);
            public static SmoothL1Loss SmoothL1Loss(nn.Reduction reduction = nn.Reduction.Mean, double beta = 1.0) => new(reduction, beta);
            public static HuberLoss HuberLoss(double delta = 1.0, nn.Reduction reduction = nn.Reduction.Mean) => new(delta, reduction);
            public static KLDivLoss KLDivLoss(bool log_target = true, nn.Reduction reduction = nn.Reduction.Mean) => new(log_target, reduction);
            public static HingeEmbeddingLoss HingeEmbeddingLoss(double margin = 1.0, nn.Reduction reduction = nn.Reduction.Mean) => new(margin, reduction);
            public static SoftMarginLoss SoftMarginLoss(nn.Reduction reduction = nn.Reduction.Mean) => new(reduction);
            public static MultiLabelMarginLoss MultiLabelMarginLoss(nn.Reduction reduction = nn.Reduction.Mean) => new(reduction);
            public static MultiMarginLoss MultiMarginLoss(int p = 1, double margin = 1.0, Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) => new(p, margin, weight, reduction);
            public static PoissonNLLLoss PoissonNLLLoss(bool log_input = true, bool full = false, float eps = 1e-8f, nn.Reduction reduction = nn.Reduction.Mean) => new(log_input, full, eps, reduction);
            public static CosineEmbeddingLoss CosineEmbeddingLoss(double margin = 0.0, nn.Reduction reduction = nn.Reduction.Mean) => new(margin, reduction);
            public static MarginRankingLoss MarginRankingLoss(double margin = 0, nn.Reduction reduction = nn.Reduction.Mean) => new(margin, reduction);
            public static TripletMarginLoss TripletMarginLoss(double margin = 1.0, long p = 2, double eps = 1e-06, bool swap = false, nn.Reduction reduction = nn.Reduction.Mean) => new(margin, p, eps, swap, reduction);
            public static GaussianNLLLoss GaussianNLLLoss(bool full = false, float eps = 1e-8f, nn.Reduction reduction = nn.Reduction.Mean) => new(full, eps, reduction);
            public static CTCLoss CTCLoss(long blank = 0, bool zero_infinity = false, nn.Reduction reduction = nn.Reduction.Mean) => new(blank, zero_infinity, reduction);
        }
    }
}
