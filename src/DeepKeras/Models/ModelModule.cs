using TorchSharp.Modules;

namespace DeepKeras;

/// <summary>A model in the clothes of a TorchSharp module: <c>call</c>, <c>parameters()</c>, <c>state_dict()</c>, <c>train()</c> and <c>eval()</c> work on the model's own weights.</summary>
internal sealed class ModelModule : torch.nn.Module<Tensor, Tensor>
{
    private readonly Model _model;

    public ModelModule(Model model)
        : base(model.Name)
    {
        _model = model;
        foreach (var weight in model.Weights)
        {
            // The module and the model must go on sharing one tensor, so no optimizer may move the weight any more.
            weight.Pin();
            var name = weight.Path.Replace('/', '_').Replace('.', '_');
            if (weight.Value is Parameter parameter) register_parameter(name, parameter);
            else register_buffer(name, weight.Value);
        }
    }

    public override Tensor forward(Tensor input) => _model.Forward(input, training);

    /// <summary>The weights belong to the model; disposing the module leaves them alone.</summary>
    protected override void Dispose(bool disposing)
    {
    }
}
