namespace DeepKeras.Layers;

/// <summary>What a convolution does to its result on the way out of the registers.</summary>
/// <param name="scale">A factor of the kernel per filter, or null.</param>
/// <param name="bias">One number per filter, or null.</param>
/// <param name="addend">Is added, of the output's size and layout, or null.</param>
/// <param name="rectifies">Whether negative results become 0.</param>
internal readonly unsafe struct ConvolutionFinish(float* scale, float* bias, float* addend, bool rectifies)
{
    public readonly float* Scale = scale;

    public readonly float* Bias = bias;

    public readonly float* Addend = addend;

    public readonly bool Rectifies = rectifies;
}
