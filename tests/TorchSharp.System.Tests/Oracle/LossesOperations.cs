using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Oracle;

/// <summary>Losses: the C# form of each case.</summary>
internal static class LossesOperations
{
    internal static readonly Dictionary<string, Func<Tensor[], Tensor>> Table = new()
    {
        ["mse_mean"] = x => functional.mse_loss(x[0], x[1], Reduction.Mean),
        ["cross_entropy_mean"] = x => functional.cross_entropy(x[0], x[1], null, -100, Reduction.Mean),
        ["mse_sum"] = x => functional.mse_loss(x[0], x[1], Reduction.Sum),
        ["cross_entropy_sum"] = x => functional.cross_entropy(x[0], x[1], null, -100, Reduction.Sum),
        ["mse_none"] = x => functional.mse_loss(x[0], x[1], Reduction.None),
        ["cross_entropy_none"] = x => functional.cross_entropy(x[0], x[1], null, -100, Reduction.None),
        ["cross_entropy_smooth"] = x => functional.cross_entropy(x[0], x[1], x[2].detach(), -100, Reduction.Mean, 0.1),
        ["cross_entropy_probabilities"] = x => functional.cross_entropy(x[0], x[1].softmax(1)),
        ["cross_entropy_ignore"] = x => functional.cross_entropy(x[0], x[1], null, 2),
        ["nll"] = x => functional.nll_loss(x[0], x[1]),
        ["bce"] = x => functional.binary_cross_entropy(x[0], x[1]),
        ["bce_logits"] = x => functional.binary_cross_entropy_with_logits(x[0], x[1], null, Reduction.Mean, x[2]),
        ["l1"] = x => functional.l1_loss(x[0], x[1]),
        ["smooth_l1"] = x => functional.smooth_l1_loss(x[0], x[1], Reduction.Mean, 0.5),
        ["huber"] = x => functional.huber_loss(x[0], x[1], 0.7),
        ["kl_div"] = x => functional.kl_div(x[0], x[1], false, Reduction.Sum),
        ["kl_div_log"] = x => functional.kl_div(x[0], x[1]),
        ["cosine_similarity"] = x => functional.cosine_similarity(x[0], x[1]),
        ["cosine_embedding"] = x => functional.cosine_embedding_loss(x[0], x[1], x[2], 0.1),
        ["hinge_embedding"] = x => functional.hinge_embedding_loss(x[0], x[1], 1.0),
        ["margin_ranking"] = x => functional.margin_ranking_loss(x[0], x[1], x[2], 0.2),
        ["soft_margin"] = x => functional.soft_margin_loss(x[0], x[1]),
        ["multi_margin"] = x => functional.multi_margin_loss(x[0], x[1]),
        ["poisson_nll"] = x => functional.poisson_nll_loss(x[0], x[1], true, true),
        ["poisson_nll_plain"] = x => functional.poisson_nll_loss(x[0], x[1], false),
        ["gaussian_nll"] = x => functional.gaussian_nll_loss(x[0], x[1], x[2], true),
        ["triplet_margin"] = x => functional.triplet_margin_loss(x[0], x[1], x[2]),
        ["ctc"] = x => functional.ctc_loss(x[0].log_softmax(2), x[1], torch.tensor(new long[] { 4, 4 }), torch.tensor(new long[] { 2, 2 })),
        ["pairwise_distance"] = x => functional.pairwise_distance(x[0], x[1]),
    };
}
