namespace DeepKeras.Layers;

/// <summary>Any TorchSharp module as a layer (Keras: <c>keras.layers.TorchModuleWrapper</c>). Its parameters and buffers become the layer's weights.</summary>
/// <remarks>
/// The module is in training mode while the model trains and the layer is not frozen, else in evaluation mode. It sees tensors as they
/// are at the surface: put <c>Permute</c> around a module that wants (N, C, H, W).
/// <para><b>Shapes</b> <c>(N, …) → (N, outputShape…)</c>; without <c>outputShape</c> the module is run on zeros to find it.</para>
/// <code>var t = TorchModule(torch.nn.Linear(784, 128))(Input(784));</code>
/// </remarks>
public sealed class TorchModule : Layer
{
    private readonly ShapeProbe _probe;

    /// <summary>Creates the layer.</summary>
    /// <param name="module">The module; the layer moves it to the device of the model.</param>
    /// <param name="outputShape">The shape of one sample of the result, without the batch axis; found by running when absent.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public TorchModule(torch.nn.Module<Tensor, Tensor> module, Shape? outputShape = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Module = module;
        OutputShape = outputShape;
        _probe = new ShapeProbe(this, inputs => Run(inputs[0], false));
    }

    /// <summary>The module.</summary>
    public torch.nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>The shape of one sample of the result, if it was given.</summary>
    public Shape? OutputShape { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        if (OutputShape is not null) return new Shape([input[0], .. OutputShape]);
        Module.to(Keras.Device);
        return _probe.OutputShape([input]);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        Module.to(Keras.Device);
        foreach (var (name, parameter) in Module.named_parameters()) AddForeignWeight(name, parameter, parameter.requires_grad);
        foreach (var (name, buffer) in Module.named_buffers()) AddForeignWeight(name, buffer, trainable: false);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Run(input, training && Trainable);

    private Tensor Run(Tensor input, bool training)
    {
        if (Module.training != training) Module.train(training);
        return Module.call(input);
    }
}
