namespace DeepKeras.Layers;

/// <summary>How a convolution goes over its images, rows before columns.</summary>
/// <param name="Strides">Cells from one window to the next.</param>
/// <param name="Padding">Zeros on either side.</param>
/// <param name="Dilation">Distance between neighbouring cells of the window.</param>
/// <param name="Groups">Into how many independent blocks the channels are split.</param>
internal readonly record struct ConvolutionWindow(long[] Strides, long[] Padding, long[] Dilation, long Groups);
