using DeepKeras.Data;

namespace DeepKeras;

/// <content>Labels.</content>
public static partial class Keras
{
    /// <summary>Class numbers as one-hot rows: 7 of 10 classes becomes (0, 0, 0, 0, 0, 0, 0, 1, 0, 0).</summary>
    /// <remarks><b>Shapes</b> <c>(n)</c> or <c>(n, 1)</c> → <c>(n, numClasses)</c>; further axes stay: <c>(n, h, w) → (n, h, w, numClasses)</c>.</remarks>
    /// <param name="labels">Integers from 0, as a tensor or a C# array.</param>
    /// <param name="numClasses">The number of classes; the highest label plus one by default.</param>
    /// <returns>A float tensor.</returns>
    /// <exception cref="KerasException">A label is negative or not below <paramref name="numClasses"/>.</exception>
    public static Tensor ToCategorical(TensorData labels, long? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var numbers = labels.InOrder(["labels"], "label")[0].to_type(ScalarType.Int64);
        if (numbers.ndim > 1 && numbers.shape[^1] == 1) numbers = numbers.squeeze(-1);
        if (numbers.NumberOfElements == 0) throw Throw.EmptyData("labels");
        var lowest = numbers.min().cpu().item<long>();
        var highest = numbers.max().cpu().item<long>();
        var classes = numClasses ?? highest + 1;
        if (lowest < 0 || highest >= classes) throw Throw.OutOfRange("A label", $"from 0 to {classes - 1}", lowest < 0 ? lowest : highest);
        return torch.nn.functional.one_hot(numbers, classes).to_type(FloatType).MoveToOuterDisposeScope();
    }
}
