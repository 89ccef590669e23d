using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>
/// Brings batches to the model: element type, device, and the one missing (or surplus) last axis of extent 1 that Keras forgives.
/// </summary>
internal sealed class BatchPreparer(Model model)
{
    private readonly KerasTensor[] _expected = [.. model.Inputs];

    /// <summary>Puts targets and weights that came by name into the model's order.</summary>
    public Batch Arrange(Batch batch)
    {
        if (batch.TargetNames is not { } names) return batch;
        return batch with
        {
            Targets = InOrder(names, batch.Targets, model.OutputNames, "target"),
            SampleWeights = batch.SampleWeights is { } weights ? WeightsInOrder(names, weights, model.OutputNames) : null,
            TargetNames = null,
        };
    }

    public Batch Prepare(Batch batch)
    {
        if (batch.InputNames is { } names) batch = batch with { Inputs = InOrder(names, batch.Inputs, model.InputNames, "input"), InputNames = null };
        var onHost = Keras.Device.type == DeviceType.CPU;
        if (batch.Inputs.Length != _expected.Length) throw Throw.InputCount(model, _expected.Length, batch.Inputs.Length);
        // The arrays may be the data set's own, for use in every epoch; tensors of this step must not get into them.
        Tensor[]? inputs = null;
        for (var i = 0; i < _expected.Length; i++)
        {
            var input = Fit(_expected[i], batch.Inputs[i]);
            if (!onHost) input = input.to(Keras.Device);
            if (input.dtype != _expected[i].Dtype) input = input.to_type(_expected[i].Dtype);
            if (ReferenceEquals(input, batch.Inputs[i])) continue;
            inputs ??= (Tensor[])batch.Inputs.Clone();
            inputs[i] = input;
        }
        if (inputs is not null) batch = batch with { Inputs = inputs };
        return onHost ? batch : batch with
        {
            Targets = Array.ConvertAll(batch.Targets, t => t.to(Keras.Device)),
            SampleWeights = batch.SampleWeights is null ? null : Array.ConvertAll(batch.SampleWeights, w => w?.to(Keras.Device)),
        };
    }

    private static Tensor[] InOrder(IReadOnlyList<string> names, Tensor[] tensors, IReadOnlyList<string> wanted, string what)
    {
        var named = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++) named[names[i]] = tensors[i];
        return ((TensorData)named).InOrder(wanted, what);
    }

    private static Tensor?[] WeightsInOrder(IReadOnlyList<string> names, Tensor?[] weights, IReadOnlyList<string> wanted)
    {
        var named = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (weights[i] is { } weight) named[names[i]] = weight;
        }
        return ((TensorData)named).InOrderOrNull(wanted, "sampleWeight");
    }

    private Tensor Fit(KerasTensor expected, Tensor input)
    {
        var shape = input.shape;
        var wanted = expected.Shape;
        if (wanted.Accepts(shape)) return input;
        if (wanted[^1] == 1 && wanted.Accepts([.. shape, 1])) return input.unsqueeze(-1);
        if (shape.Length > 1 && shape[^1] == 1 && wanted.Accepts(shape.AsSpan(0, shape.Length - 1))) return input.squeeze(-1);
        throw Throw.InputShape(model, expected, shape, Hint(wanted, shape));
    }

    private static string Hint(Shape wanted, long[] received)
    {
        if (received.Length == wanted.Rank - 1) return "A batch axis may be missing: add one with x.unsqueeze(0).";
        if (received.Length == wanted.Rank && wanted.Rank == 4 && wanted[^1] == received[1]) return "The channels seem to come first: images are (N, H, W, C) here; use x.permute(0, 2, 3, 1).";
        if (received.Length == wanted.Rank && wanted.Rank == 4 && wanted[^1] != received[3]) return $"The images have {received[3]} channel(s) where the model wants {wanted[^1]}. Convert them, or build the model with Input((…, …, {received[3]})).";
        return received.Length != wanted.Rank
            ? $"The model wants {wanted.Rank} axes (batch included), the data has {received.Length}. Reshape the data, or build the model with another Input."
            : "Resize or reshape the data, or build the model with the Input shape that the data has.";
    }
}
