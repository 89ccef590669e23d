using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Optimizers.Fixtures;

/// <summary>A layer that is nothing but weights, filled with the numbers that <c>optimizers.py</c> starts from.</summary>
internal sealed class WeightHolder(string name = "holder") : Layer(name: name)
{
    /// <summary>The layout of a convolution's kernel: (h, w, in, out) to look at, channels last in memory.</summary>
    public static readonly int[] Kernel = [3, 2, 0, 1];

    public Weight Add(string name, long[] shape, int[]? layout = null, Constraint? constraint = null)
    {
        var j = Weights.Count;
        var weight = AddWeight(name, new Shape(shape), new Zeros(), constraint: constraint, layout: layout);
        var start = new double[weight.ElementCount];
        for (var i = 0; i < start.Length; i++) start[i] = Math.Cos((0.5 * i) + j) + 0.2;
        using var values = torch.tensor(start, shape);
        weight.Assign(values);
        return weight;
    }

    /// <summary>The three weights of the fixture: a matrix, a vector, a convolution's kernel.</summary>
    public static WeightHolder Three(string name = "holder", Constraint? constraint = null)
    {
        var holder = new WeightHolder(name);
        _ = holder.Add("kernel", [3, 4], constraint: constraint);
        _ = holder.Add("bias", [5]);
        _ = holder.Add("filters", [2, 3, 2, 2], Kernel);
        return holder;
    }

    /// <summary>A loss whose gradient at step n is that of <c>optimizers.py</c>, whatever the weights are.</summary>
    public Tensor Loss(int step, double scale = 1)
    {
        Tensor? sum = null;
        foreach (var (weight, j) in Weights.Select((w, j) => (w, j)))
        {
            var part = (weight.View() * Gradient(step, j, weight)).sum();
            sum = sum is null ? part : sum + part;
        }
        return sum! * scale;
    }

    public void CopyFrom(WeightHolder other)
    {
        for (var i = 0; i < Weights.Count; i++) Weights[i].Assign(other.Weights[i].View());
    }

    public double[] Values() => [.. Weights.SelectMany(w => Numbers(w.View()))];

    private static Tensor Gradient(int step, int j, Weight weight)
    {
        var values = new double[weight.ElementCount];
        for (var i = 0; i < values.Length; i++) values[i] = Math.Sin(1 + (0.9 * step) + (0.37 * i) + (2 * j)) * (1 + (0.1 * step));
        return torch.tensor(values, weight.Shape.ToArray()).to_type(weight.Value.dtype);
    }
}
