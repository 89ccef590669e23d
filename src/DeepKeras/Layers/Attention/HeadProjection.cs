namespace DeepKeras.Layers;

/// <summary>A dense layer from the last axes of a tensor to heads and back: one matrix product over all axes before.</summary>
/// <param name="kernel">The kernel, summed axes first.</param>
/// <param name="bias">The bias, of the kernel's other axes.</param>
/// <param name="summed">How many axes are summed over.</param>
internal sealed class HeadProjection(Weight kernel, Weight? bias, int summed)
{
    private readonly long _in = kernel.Shape[..summed].ElementCount!.Value;
    private readonly long _out = kernel.Shape[summed..].ElementCount!.Value;

    /// <summary>How many features it takes.</summary>
    public long Features => _in;

    /// <summary>Projects <c>(…, in)</c>, all summed axes in one, to <c>(…, out)</c>, all others in one.</summary>
    public Tensor Apply(Tensor input) =>
        torch.nn.functional.linear(input, kernel.Native.reshape(_in, _out).t(), bias?.Native.reshape(_out));
}
