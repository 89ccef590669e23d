using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>All trained numbers as one vector in float64, and the derivatives by them.</summary>
/// <param name="weights">The weights, in the optimizer's order.</param>
internal sealed class FlatWeights(IReadOnlyList<Weight> weights)
{
    private readonly Tensor[] _inputs = [.. weights.Select(w => w.Native)];

    public IReadOnlyList<Weight> Weights => weights;

    /// <summary>How many numbers they are.</summary>
    public long Count { get; } = weights.Sum(w => w.ElementCount);

    /// <summary>The share of a loss below which differences are rounding: ten units in the last place of the coarsest weight.</summary>
    public double Resolution => weights.All(w => w.Native.dtype == ScalarType.Float64) ? 2e-15 : 1e-6;

    /// <summary>A copy of the weights.</summary>
    public Tensor Read()
    {
        using var recording = torch.no_grad();
        return Flatten(_inputs);
    }

    /// <summary>Overwrites the weights, each in its own element type.</summary>
    public void Write(Tensor values)
    {
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var begin = 0L;
        for (var i = 0; i < _inputs.Length; i++)
        {
            var count = weights[i].ElementCount;
            _inputs[i].copy_(values.narrow(0, begin, count).view(_inputs[i].shape));
            weights[i].MarkChanged();
            begin += count;
        }
    }

    /// <summary>The gradient of a scalar.</summary>
    public Tensor Gradient(Tensor scalar)
    {
        var gradients = Backward(scalar, keepGraph: false);
        using var recording = torch.no_grad();
        return Flatten(gradients);
    }

    /// <summary>The gradient and the matrix of second derivatives of a scalar: one backward pass per parameter.</summary>
    public (Tensor Gradient, Tensor Hessian) SecondDerivatives(Tensor scalar)
    {
        var gradients = Backward(scalar, keepGraph: true, createGraph: true);
        var hessian = torch.zeros([Count, Count], ScalarType.Float64, _inputs[0].device);
        var row = 0L;
        for (var i = 0; i < gradients.Length; i++)
        {
            // A loss that is linear in a weight has no second derivative there, and nothing to go back through.
            if (gradients[i] is { IsInvalid: false, requires_grad: true } gradient) Rows(gradient.reshape(-1), hessian, row);
            row += weights[i].ElementCount;
        }
        using var recording = torch.no_grad();
        return (Flatten(gradients), hessian.add(hessian.t()).mul_(0.5));
    }

    /// <summary>The matrix ∂r/∂w of a vector r: row by row, or column by column where that takes fewer backward passes.</summary>
    public Tensor Jacobian(Tensor residuals)
    {
        var rows = residuals.numel();
        if (rows <= Count)
        {
            var matrix = torch.zeros([rows, Count], ScalarType.Float64, residuals.device);
            Rows(residuals, matrix, 0);
            return matrix;
        }
        // Jᵀu is linear in u, so its gradient by u is a column of J, whatever u is.
        var u = torch.zeros([rows], residuals.dtype, residuals.device, true);
        var products = Backward(residuals, keepGraph: true, createGraph: true, factor: u);
        var columns = torch.zeros([Count, rows], ScalarType.Float64, residuals.device);
        var column = 0L;
        for (var i = 0; i < products.Length; i++)
        {
            for (var j = 0L; j < weights[i].ElementCount; j++, column++)
            {
                if (products[i] is not { IsInvalid: false, requires_grad: true } product) continue;
                using var scope = torch.NewDisposeScope();
                torch.autograd.backward([product.reshape(-1)[j]], null, true, false, [u]);
                if (u.grad is not { } gradient) continue;
                using var recording = torch.no_grad();
                columns[column].copy_(gradient);
                u.grad = null;
            }
        }
        return columns.t();
    }

    /// <summary>Writes the gradients of each element of a vector into a matrix, from a row on.</summary>
    private void Rows(Tensor vector, Tensor matrix, long first)
    {
        for (var i = 0L; i < vector.numel(); i++)
        {
            using var scope = torch.NewDisposeScope();
            var gradients = Backward(vector[i], keepGraph: true);
            using var recording = torch.no_grad();
            matrix[first + i].copy_(Flatten(gradients));
        }
    }

    // As first-order steps do, by backward: what fails in autograd.grad ends the process in TorchSharp. Torch warns once that gradients with a graph lie in
    // the weights that the graph holds; they are taken out of there at once.
    private Tensor?[] Backward(Tensor output, bool keepGraph, bool createGraph = false, Tensor? factor = null)
    {
        foreach (var input in _inputs) input.grad = null;
        torch.autograd.backward([output], factor is null ? null : [factor], keepGraph, createGraph, _inputs);
        var gradients = new Tensor?[_inputs.Length];
        for (var i = 0; i < gradients.Length; i++)
        {
            gradients[i] = _inputs[i].grad;
            _inputs[i].grad = null;
        }
        return gradients;
    }

    private Tensor Flatten(Tensor?[] parts)
    {
        var flat = new Tensor[parts.Length];
        for (var i = 0; i < flat.Length; i++)
        {
            flat[i] = SlotMember.IsMissing(parts[i])
                ? torch.zeros([weights[i].ElementCount], ScalarType.Float64, _inputs[i].device)
                : parts[i]!.detach().reshape(-1).to_type(ScalarType.Float64);
        }
        // One part alone would come back as the weight's own memory.
        return flat.Length == 1 ? flat[0].clone() : torch.cat(flat, 0);
    }
}
