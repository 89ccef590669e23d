using static DeepKeras.Keras;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Networks;

/// <summary>An LSTM or a GRU of 128 units over 100 steps of 64 features, the classes read from its last output; Adam.</summary>
/// <param name="name"><c>lstm</c> or <c>gru</c>.</param>
internal sealed class Recurrent(string name) : HandWrittenNetwork
{
    private const int Steps = 100;
    private const int Features = 64;
    private const int Units = 128;

    public override string Name => name;

    public override long[] KerasShape => [Steps, Features];

    public override Model BuildModel()
    {
        var x = Input((Steps, Features));
        var last = name == "lstm" ? LSTM(Units)(x) : GRU(Units)(x);
        var model = new Model(x, Dense(10, activation: "softmax")(last));
        model.Compile(optimizer: "adam", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    public override nn.Module<Tensor, Tensor> BuildModules() => new LastStep(name);

    public override optim.Optimizer BuildOptimizer(nn.Module<Tensor, Tensor> modules) => optim.Adam(modules.parameters(), 0.001, 0.9, 0.999, 1e-7);

    private sealed class LastStep : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.LSTM? _lstm;
        private readonly TorchSharp.Modules.GRU? _gru;
        private readonly TorchSharp.Modules.Linear _classes = nn.Linear(Units, 10);

        public LastStep(string name)
            : base(name)
        {
            if (name == "lstm") _lstm = nn.LSTM(Features, Units, 1, true, true);
            else _gru = nn.GRU(Features, Units, 1, true, true);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var outputs = _lstm is not null ? _lstm.call(input).Item1 : _gru!.call(input).Item1;
            return _classes.call(outputs.select(1, -1));
        }
    }
}
