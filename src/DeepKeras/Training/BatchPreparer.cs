using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>
/// Brings batches to the model: element type, device, and the one missing (or surplus) last axis of extent 1 that Keras forgives.
/// Shapes are checked at the first batch only.
/// </summary>
internal sealed class BatchPreparer(Model model)
{
    private readonly ScalarType[] _types = [.. model.Inputs.Select(t => t.Dtype)];
    private readonly bool _onHost = Keras.Device.type == DeviceType.CPU;
    private int[]? _rankChange;

    public Batch Prepare(Batch batch)
    {
        _rankChange ??= CheckShapes(batch.Inputs);
        var inputs = batch.Inputs;
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = inputs[i];
            if (_rankChange[i] != 0) input = _rankChange[i] > 0 ? input.unsqueeze(-1) : input.squeeze(-1);
            if (!_onHost) input = input.to(Keras.Device);
            if (input.dtype != _types[i]) input = input.to_type(_types[i]);
            inputs[i] = input;
        }
        if (!_onHost)
        {
            for (var i = 0; i < batch.Targets.Length; i++) batch.Targets[i] = batch.Targets[i].to(Keras.Device);
            for (var i = 0; i < (batch.SampleWeights?.Length ?? 0); i++) batch.SampleWeights![i] = batch.SampleWeights[i]?.to(Keras.Device);
        }
        return batch;
    }

    private int[] CheckShapes(Tensor[] inputs)
    {
        var expected = model.Inputs;
        if (inputs.Length != expected.Count) throw Throw.InputCount(model, expected.Count, inputs.Length);
        var change = new int[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var shape = inputs[i].shape;
            var wanted = expected[i].Shape;
            if (wanted.Accepts(shape)) continue;
            if (wanted[^1] == 1 && wanted.Accepts([.. shape, 1])) change[i] = 1;
            else if (shape.Length > 1 && shape[^1] == 1 && wanted.Accepts(shape.AsSpan(0, shape.Length - 1))) change[i] = -1;
            else throw Throw.InputShape(model, expected[i], shape, Hint(wanted, shape));
        }
        return change;
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
