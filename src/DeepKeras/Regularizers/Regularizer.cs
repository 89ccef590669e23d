using System.Globalization;
using DeepKeras.Serialization;

namespace DeepKeras.Regularizers;

/// <summary>A penalty added to the loss. A string converts to it: <c>kernelRegularizer: "l2"</c>.</summary>
public abstract class Regularizer
{
    /// <summary>The penalty, a scalar.</summary>
    /// <param name="values">The weight in Keras's layout, or a layer's output.</param>
    public abstract Tensor Penalty(Tensor values);

    /// <summary>The regularizer of that name, with its default strength.</summary>
    public static implicit operator Regularizer(string name) => Catalog<Regularizer>.Create("regularizer", name);

    /// <summary>A factor that is not negative and finite.</summary>
    private protected static double Checked(string owner, string argument, double factor) => factor >= 0 && double.IsFinite(factor)
        ? factor
        : throw Throw.BadArgument(owner, argument, "a finite number that is not negative", factor.ToString(CultureInfo.InvariantCulture), "Write for instance 0.01; leave the regularizer out for no penalty.");
}
