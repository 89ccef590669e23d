namespace DeepKeras.Layers;

/// <summary><see cref="Winograd"/> with its gradients. Where these are to be differentiated themselves, torch's own convolutions make them.</summary>
internal sealed class WinogradFunction : torch.autograd.SingleTensorFunction<WinogradFunction>
{
    private const string Padding = "padding";
    private static readonly long[] s_ones = [1, 1];

    public override string Name => nameof(Winograd);

    /// <param name="ctx">Keeps the images and the kernel.</param>
    /// <param name="vars">Images, kernel, bias or null, and the padding.</param>
    public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, kernel, padding) = ((Tensor)vars[0], (Tensor)vars[1], (long[])vars[3]);
        ctx.save_for_backward([images, kernel, (Tensor)vars[2]]);
        ctx.save_data(Padding, padding);
        return Winograd.Run(images, kernel, (Tensor?)vars[2], padding);
    }

    /// <param name="ctx">What was kept.</param>
    /// <param name="grad_output">The gradient of the result.</param>
    public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (images, kernel, bias, padding) = (saved[0], saved[1], saved[2], (long[])ctx.get_data(Padding));
        return
        [
            images.requires_grad ? InputGradient(images, kernel, grad_output, padding) : null!,
            kernel.requires_grad ? KernelGradient(images, kernel, grad_output, padding) : null!,
            bias?.requires_grad == true ? grad_output.sum([0L, 2, 3]) : null!,
            null!,
        ];
    }

    private static Tensor InputGradient(Tensor images, Tensor kernel, Tensor gradient, long[] padding) => torch.is_grad_enabled()
        ? torch.nn.functional.conv_transpose2d(gradient, kernel, null, s_ones, padding)
        : Winograd.InputGradient(images, kernel, gradient, padding);

    // Seen with images and channels exchanged, the kernel's gradient is a convolution of the images by the output's.
    private static Tensor KernelGradient(Tensor images, Tensor kernel, Tensor gradient, long[] padding) => torch.is_grad_enabled()
        ? torch.nn.functional.conv2d(images.transpose(0, 1), gradient.transpose(0, 1), null, s_ones, padding).transpose(0, 1)
        : Winograd.KernelGradient(images, kernel, gradient, padding);
}
