using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Reports;

/// <summary>Which input of a model is an image, and how its numbers become grey levels.</summary>
internal sealed class InputPictures
{
    private const double Slack = 1e-3;
    private readonly bool _channelsFirst;
    private (double Low, double High)? _range;

    private InputPictures(int input, bool channelsFirst) => (Input, _channelsFirst) = (input, channelsFirst);

    /// <summary>The place among the model's inputs.</summary>
    public int Input { get; }

    /// <summary>The first input of four axes with 1, 3 or 4 channels, or <see langword="null"/>.</summary>
    public static InputPictures? Of(Model model)
    {
        var channelsFirst = ImageModel.FormatOf(model).IsChannelsFirst;
        for (var i = 0; i < model.Inputs.Count; i++)
        {
            var shape = model.Inputs[i].Shape;
            if (shape.Rank == 4 && shape[channelsFirst ? 1 : 3] is 1 or 3 or 4) return new(i, channelsFirst);
        }
        return null;
    }

    /// <summary>Chooses the range for all pictures by the first batch: bytes, 0 … 1, −1 … 1, 0 … 255, or else each picture's own.</summary>
    public void Look(Tensor batch)
    {
        if (batch.dtype == ScalarType.Byte)
        {
            _range = (0, 255);
            return;
        }
        using var scope = torch.NewDisposeScope();
        var numbers = batch.detach().to_type(ScalarType.Float64);
        var (low, high) = (numbers.min().cpu().item<double>(), numbers.max().cpu().item<double>());
        _range = low < -1 - Slack ? null
            : low < -Slack ? (high <= 1 + Slack ? (-1, 1) : null)
            : high <= 1 + Slack ? (0, 1)
            : high <= 255 ? (0, 255)
            : null;
    }

    /// <summary>Draws one sample.</summary>
    /// <param name="image"><c>(H, W, C)</c>, or as the model's data format has it.</param>
    public Picture Draw(Tensor image)
    {
        using var scope = torch.NewDisposeScope();
        var numbers = (_channelsFirst ? image.permute(1, 2, 0) : image).detach().cpu().to_type(ScalarType.Float32);
        var (low, high) = _range ?? (numbers.min().item<float>(), numbers.max().item<float>());
        var scale = high > low ? 255 / (high - low) : 0;
        return Picture.Of(numbers.sub(low).mul(scale).clamp(0, 255).round().to_type(ScalarType.Byte));
    }
}
