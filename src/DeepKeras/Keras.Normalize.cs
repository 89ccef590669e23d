using DeepKeras.Data;

namespace DeepKeras;

/// <content>Scaling to unit length.</content>
public static partial class Keras
{
    /// <summary>Vectors of length 1: <c>x / ‖x‖</c> along an axis; vectors of length 0 stay as they are (Keras: <c>keras.utils.normalize</c>).</summary>
    /// <remarks><b>Shapes</b> unchanged. <code>var directions = Normalize(new float[,] { { 3, 4 } });   // (0.6, 0.8)</code></remarks>
    /// <param name="x">Numbers, as a tensor or a C# array.</param>
    /// <param name="axis">The axis of a vector's elements; −1, the last, by default.</param>
    /// <param name="order">The order of the norm, above 0; 2 by default: the root of the sum of squares.</param>
    /// <returns>A float tensor.</returns>
    /// <exception cref="KerasException">There is no such axis, or the order is not above 0.</exception>
    public static Tensor Normalize(TensorData x, int axis = -1, double order = 2)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(order > 0)) throw Throw.OutOfRange("The order of a norm", "above 0", order);
        using var scope = torch.NewDisposeScope();
        var values = x.InOrder(["x"], "array")[0];
        if (axis < -values.ndim || axis >= values.ndim) throw Throw.OutOfRange("The axis", $"from {-values.ndim} to {values.ndim - 1}", axis);
        if (!values.is_floating_point()) values = values.to_type(FloatType);
        var length = values.norm(axis, true, (float)order);
        return values.div(length.masked_fill(length.eq(0), 1)).MoveToOuterDisposeScope();
    }
}
