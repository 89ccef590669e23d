using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Oracle;

/// <summary>Products, linear algebra, attention: the C# form of each case.</summary>
internal static class ProductsOperations
{
    internal static readonly Dictionary<string, Func<Tensor[], Tensor>> Table = new()
    {
        ["matmul"] = x => x[0].matmul(x[1]),
        ["mm"] = x => x[0].mm(x[1]),
        ["mv"] = x => x[0].mv(x[1]),
        ["bmm"] = x => x[0].bmm(x[1]),
        ["dot"] = x => x[0].dot(x[1]),
        ["outer"] = x => x[0].outer(x[1]),
        ["inner"] = x => x[0].inner(x[1]),
        ["kron"] = x => x[0].kron(x[1]),
        ["addmm"] = x => x[0].addmm(x[1], x[2], 0.5f, 2),
        ["addmv"] = x => x[0].addmv(x[1], x[2]),
        ["addr"] = x => x[0].addr(x[1], x[2]),
        ["baddbmm"] = x => x[0].baddbmm(x[1], x[2], 0.5f),
        ["addbmm"] = x => x[0].addbmm(x[1], x[2]),
        ["tensordot"] = x => x[0].tensordot(x[1]),
        ["einsum"] = x => torch.einsum("bij,bjk->bik", x[0], x[1]),
        ["cdist"] = x => torch.cdist(x[0], x[1]),
        ["det"] = x => x[0].det(),
        ["logdet"] = x => (x[0].matmul(x[0].t()) + torch.eye(3, 3, float64)).logdet(),
        ["inverse"] = x => linalg.inv(x[0]),
        ["pinv"] = x => linalg.pinv(x[0]),
        ["solve"] = x => linalg.solve(x[0], x[1]),
        ["cholesky"] = x => linalg.cholesky(x[0].matmul(x[0].t()) + torch.eye(3, 3, float64)),
        ["qr_r"] = x => linalg.qr(x[0]).R.abs(),
        ["svdvals"] = x => linalg.svdvals(x[0]),
        ["svd_s"] = x => linalg.svd(x[0], false).S,
        ["eigvalsh"] = x => linalg.eigvalsh(x[0] + x[0].t()),
        ["slogdet"] = x => linalg.slogdet(x[0]).Item2,
        ["matrix_exp"] = x => x[0].matrix_exp(),
        ["matrix_power"] = x => x[0].matrix_power(3),
        ["linalg_norm"] = x => linalg.norm(x[0]),
        ["linalg_norm_fro"] = x => linalg.norm(x[0], "fro"),
        ["linalg_norm_1"] = x => linalg.norm(x[0], 1.0, new long[] { 1 }, true),
        ["vector_norm"] = x => linalg.vector_norm(x[0], 3.0),
        ["matrix_norm"] = x => linalg.matrix_norm(x[0], "nuc"),
        ["multi_dot"] = x => linalg.multi_dot(new[] { x[0], x[1], x[2] }),
        ["linalg_cross"] = x => linalg.cross(x[0], x[1]),
        ["linear"] = x => functional.linear(x[0], x[1], x[2]),
        ["bilinear"] = x => functional.bilinear(x[0], x[1], x[2]),
        ["one_hot"] = x => functional.one_hot(x[0], 4),
        ["attention"] = x => functional.scaled_dot_product_attention(x[0], x[1], x[2]),
        ["attention_causal"] = x => functional.scaled_dot_product_attention(x[0], x[1], x[2], null, 0, true),
    };
}
