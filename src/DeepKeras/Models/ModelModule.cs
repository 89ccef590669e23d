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
            var key = weight.Path.Replace('/', '_').Replace('.', '_');
            if (weight.Value is Parameter parameter) register_parameter(key, parameter);
            else register_buffer(key, weight.Value);
        }
    }

    public override Tensor forward(Tensor input) => _model.Forward(input, training);

#pragma warning disable CA2215 // The base would dispose the weights, which belong to the model.
    protected override void Dispose(bool disposing)
    {
    }
#pragma warning restore CA2215
}
