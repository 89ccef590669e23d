using System.Globalization;

namespace DeepKeras.Tests.Support;

/// <summary>Compares backward() with central finite differences in float64.</summary>
public static class Gradients
{
    /// <summary>Asserts the gradient of a scalar function at the given leaves.</summary>
    /// <param name="function">Gives a scalar; must compute the same value when called again.</param>
    /// <param name="leaves">Float64 tensors that the function depends on.</param>
    /// <param name="tolerance">The largest difference allowed, absolute plus relative.</param>
    /// <param name="step">The finite difference's half width.</param>
    /// <param name="most">How many elements per leaf are probed; they are spread evenly.</param>
    public static void Check(Func<Tensor> function, IReadOnlyList<Tensor> leaves, double tolerance = 1e-5, double step = 1e-6, int most = 24)
    {
        if (Failure(function, leaves, tolerance, step, most) is { } failure) Assert.Fail(failure);
    }

    /// <summary>What is wrong with the gradient, or <see langword="null"/> when it agrees.</summary>
    public static string? Failure(Func<Tensor> function, IReadOnlyList<Tensor> leaves, double tolerance = 1e-5, double step = 1e-6, int most = 24)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var leaf in leaves)
        {
            if (leaf.dtype != ScalarType.Float64) return $"finite differences need float64 but a leaf is {leaf.dtype}";
            leaf.requires_grad = true;
            leaf.grad = null;
        }
        function().backward();
        for (var l = 0; l < leaves.Count; l++)
        {
            var leaf = leaves[l];
            var analytic = leaf.grad is { } gradient ? Tensors.Numbers(gradient) : new double[leaf.numel()];
            var values = Tensors.Numbers(leaf);
            var stride = Math.Max(1, values.Length / most);
            for (var i = 0; i < values.Length; i += stride)
            {
                var numeric = (Probe(function, leaf, values, i, step) - Probe(function, leaf, values, i, -step)) / (2 * step);
                if (Math.Abs(numeric - analytic[i]) <= tolerance * (1 + Math.Abs(numeric))) continue;
                return string.Create(CultureInfo.InvariantCulture, $"gradient of leaf {l}, element {i}: backward gives {analytic[i]:G9}, finite differences {numeric:G9}");
            }
        }
        return null;
    }

    private static double Probe(Func<Tensor> function, Tensor leaf, double[] values, int index, double step)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var changed = (double[])values.Clone();
        changed[index] += step;
        leaf.copy_(torch.tensor(changed, leaf.shape));
        var result = Tensors.Number(function());
        leaf.copy_(torch.tensor(values, leaf.shape));
        return result;
    }
}
