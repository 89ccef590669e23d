using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException InexactIds(Layer layer, long ids) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{layer.Where} expects ids of an integer type, because it has {ids} of them and float32 tells only 16777216 whole numbers apart, but received float32. Build the model with Input(…, dtype: ScalarType.Int64)."));

    /// <summary>The error for the first id that is none; null where all are.</summary>
    public static KerasException? IdOutOfRange(Layer layer, Tensor ids, long count)
    {
        using var scope = torch.NewDisposeScope();
        var flat = ids.detach().reshape(-1).cpu().to_type(ScalarType.Int64);
        var wrong = flat.lt(0).logical_or(flat.ge(count));
        if (flat.numel() == 0 || !wrong.any().item<bool>()) return null;
        var first = wrong.to_type(ScalarType.Int32).argmax().item<long>();
        return new(string.Create(CultureInfo.InvariantCulture, $"{layer.Where} expects ids from 0 to {count - 1} but received {flat[first].item<long>()} at position {first} of {Shape.Of(ids)}. Make inputDim the largest id plus 1, or map ids that are unknown to one that it has."));
    }
}
