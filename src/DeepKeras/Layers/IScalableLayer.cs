namespace DeepKeras.Layers;

/// <summary>A layer whose result is linear in a kernel: a factor and a summand for each of its output channels can go into kernel and bias.</summary>
internal interface IScalableLayer
{
    /// <summary>Whether it is so with the layer's settings: no activation, and one kernel for all of its result.</summary>
    bool IsScalable { get; }

    /// <summary>The kernel, output channels first.</summary>
    Tensor ScalableKernel { get; }

    /// <summary>The bias, if there is one.</summary>
    Tensor? NativeBias { get; }

    /// <summary>Whether an axis of the result, negative ones counted from the end, is that of the channels.</summary>
    bool HasChannelsAt(int axis);

    /// <summary>Runs the layer with other weights of the same shapes.</summary>
    /// <param name="input">The input.</param>
    /// <param name="kernel">In place of <see cref="ScalableKernel"/>.</param>
    /// <param name="bias">In place of <see cref="NativeBias"/>.</param>
    /// <param name="finish">Changes the result in place, element by element.</param>
    Tensor Run(Tensor input, Tensor kernel, Tensor bias, Func<Tensor, Tensor> finish);

    /// <summary>Runs the layer with its own kernel times a factor per output channel, where it needs no copy of the kernel for that; null where it does.</summary>
    /// <param name="input">The input.</param>
    /// <param name="factor">One number per output channel.</param>
    /// <param name="bias">In place of <see cref="NativeBias"/>.</param>
    /// <param name="finish">Changes the result in place, element by element.</param>
    /// <param name="addend">Is added before, of the result's shape, or null.</param>
    /// <param name="overwrites">Whether the result may take the addend's memory.</param>
    Tensor? RunScaled(Tensor input, Tensor factor, Tensor bias, Func<Tensor, Tensor> finish, Tensor? addend = null, bool overwrites = false) => null;
}
