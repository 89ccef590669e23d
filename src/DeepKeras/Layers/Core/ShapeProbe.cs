using System.Collections.Concurrent;

namespace DeepKeras.Layers;

/// <summary>
/// Finds the output shape of a function that does not say it, by running the function on zeros. It runs twice, with different numbers for the
/// extents that are not known: what differs between the runs is not known either.
/// </summary>
internal sealed class ShapeProbe(Layer layer, Func<IReadOnlyList<Tensor>, Tensor> function)
{
    private static readonly (long Batch, long Other)[] s_runs = [(2, 32), (3, 48)];
    private readonly ConcurrentDictionary<string, Shape> _known = new(StringComparer.Ordinal);

    public Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        // The batch is always left open: data of any size asks the same question.
        Shape[] open = [.. inputs.Select(s => s.With(0, null))];
        var found = _known.GetOrAdd(string.Join(';', (IEnumerable<Shape>)open), _ => Run(open));
        return found[0] is null ? found.With(0, inputs[0][0]) : found;
    }

    private Shape Run(Shape[] inputs)
    {
        var first = Outputs(inputs, s_runs[0]);
        var second = Outputs(inputs, s_runs[1]);
        if (first.Length != second.Length || first.Length == 0 || first[0] != s_runs[0].Batch || second[0] != s_runs[1].Batch) throw Throw.BatchLost(layer, new Shape(first));
        return new Shape([.. first.Zip(second, (a, b) => a == b ? a : (long?)null)]);
    }

    private long[] Outputs(Shape[] inputs, (long Batch, long Other) run)
    {
        try
        {
            return Outputs(inputs, run, layer.Dtype);
        }
        catch (Exception floating) when (floating is not KerasException)
        {
            // Layers that look rows up take integers.
            try
            {
                return Outputs(inputs, run, ScalarType.Int64);
            }
            catch (Exception other) when (other is not KerasException)
            {
                throw Throw.CannotProbe(layer, inputs, floating);
            }
        }
    }

    private long[] Outputs(Shape[] inputs, (long Batch, long Other) run, ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        Tensor[] zeros = [.. inputs.Select(s => torch.zeros([.. s.Select((e, axis) => axis == 0 ? run.Batch : e ?? run.Other)], dtype, Keras.Device))];
        return function(zeros).shape;
    }
}
