using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The parameters of a stack of recurrent layers, under PyTorch's names.</summary>
    internal sealed class RecurrentWeights
    {
        private readonly Tensor[] _all;
        private readonly bool _bias;
        private readonly long _layers;
        private readonly double _dropout;
        private readonly bool _bidirectional;
        private readonly bool _batchFirst;
        private readonly long _hidden;

        internal RecurrentWeights(Action<string, Parameter> register, int gates, long input, long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        {
            (_bias, _layers, _dropout, _bidirectional, _batchFirst, _hidden) = (bias, layers, dropout, bidirectional, batchFirst, hidden);
            var bound = 1 / Math.Sqrt(hidden);
            var all = new List<Tensor>();
            for (var layer = 0; layer < layers; layer++)
            {
                foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
                {
                    Add($"weight_ih_l{layer}{suffix}", gates * hidden, layer == 0 ? input : hidden * (bidirectional ? 2 : 1));
                    Add($"weight_hh_l{layer}{suffix}", gates * hidden, hidden);
                    if (!bias) continue;
                    Add($"bias_ih_l{layer}{suffix}", gates * hidden);
                    Add($"bias_hh_l{layer}{suffix}", gates * hidden);
                }
            }

            _all = [.. all];

            void Add(string name, params long[] size)
            {
                var parameter = new Parameter(empty(size, dtype, device).uniform_(-bound, bound));
                parameter.DetachFromDisposeScope();
                register(name, parameter);
                all.Add(parameter);
            }
        }

        /// <summary>Output and states; missing starting states are zeros.</summary>
        internal (Tensor, Tensor, Tensor) Run(Op op, Tensor input, bool training, int states, params Tensor?[] start)
        {
            using var scope = NewDisposeScope();
            var batched = input.ndim == 3;
            var x = batched ? input : input.unsqueeze(_batchFirst ? 0 : 1);
            var first = new Tensor[states];
            for (var i = 0; i < states; i++)
            {
                first[i] = start[i] is { } given ? (batched ? given : given.unsqueeze(1))
                    : zeros([_layers * (_bidirectional ? 2 : 1), x.size(_batchFirst ? 0 : 1), _hidden], x.dtype, x.device);
            }

            Tensor output, h, c = null!;
            if (states == 2) (output, h, c) = op.Call3(x, Arg.List(first), Arg.List(_all), _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
            else (output, h) = op.Call2(x, first[0], Arg.List(_all), _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
            if (!batched)
            {
                output = output.squeeze(_batchFirst ? 0 : 1);
                h = h.squeeze(1);
                c = c?.squeeze(1)!;
            }

            c?.MoveToOuterDisposeScope();
            return (output.MoveToOuterDisposeScope(), h.MoveToOuterDisposeScope(), c!);
        }
    }

    /// <summary>Long short-term memory.</summary>
    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;

        internal LSTM(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(LSTM)) =>
            _weights = new RecurrentWeights(register_parameter, 4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null) => _weights.Run(Aten.lstm_input, input, training, 2, h0_c0?.Item1, h0_c0?.Item2);

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        /// <summary>The parameters are given to libtorch one by one; nothing is to be done.</summary>
        public void flatten_parameters() { }
    }

    /// <summary>Gated recurrent unit.</summary>
    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;

        internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(GRU)) =>
            _weights = new RecurrentWeights(register_parameter, 3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            var (output, h, _) = _weights.Run(Aten.gru_input, input, training, 1, h0);
            return (output, h);
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

        public void flatten_parameters() { }
    }

    /// <summary>Plain recurrent layers.</summary>
    public sealed class RNN : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly RecurrentWeights _weights;
        private readonly bool _relu;

        internal RNN(long inputSize, long hiddenSize, long numLayers, nn.NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(RNN))
        {
            _relu = nonLinearity == nn.NonLinearities.ReLU;
            _weights = new RecurrentWeights(register_parameter, 1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            var (output, h, _) = _weights.Run(_relu ? Aten.rnn_relu_input : Aten.rnn_tanh_input, input, training, 1, h0);
            return (output, h);
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

        public void flatten_parameters() { }
    }

    /// <summary>One step of an LSTM.</summary>
    public sealed class LSTMCell : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
    {
        private readonly long _hidden;

        internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(LSTMCell))
        {
            _hidden = hiddenSize;
            nn.CellWeights(register_parameter, 4, inputSize, hiddenSize, bias, device, dtype);
        }

        public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
        {
            using var scope = NewDisposeScope();
            var (h, c) = h0_c0 ?? (zeros([.. input.shape[..^1], _hidden], input.dtype, input.device), zeros([.. input.shape[..^1], _hidden], input.dtype, input.device));
            var result = Aten.lstm_cell.Call2(input, Arg.List([h, c]), get_parameter("weight_ih"), get_parameter("weight_hh"), get_parameter("bias_ih"), get_parameter("bias_hh"));
            return scope.MoveToOuter(result.Item1, result.Item2);
        }

        public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }

    /// <summary>One step of a GRU.</summary>
    public sealed class GRUCell : nn.Module<Tensor, Tensor?, Tensor>
    {
        private readonly long _hidden;

        internal GRUCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(GRUCell))
        {
            _hidden = hiddenSize;
            nn.CellWeights(register_parameter, 3, inputSize, hiddenSize, bias, device, dtype);
        }

        public override Tensor forward(Tensor input, Tensor? h0 = null)
        {
            using var scope = NewDisposeScope();
            var h = h0 ?? zeros([.. input.shape[..^1], _hidden], input.dtype, input.device);
            return Aten.gru_cell.Call(input, h, get_parameter("weight_ih"), get_parameter("weight_hh"), get_parameter("bias_ih"), get_parameter("bias_hh")).MoveToOuterDisposeScope();
        }

        public new Tensor call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>What a plain recurrent layer squashes with.</summary>
            public enum NonLinearities { ReLU = 0, Tanh = 1 }

            public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static RNN RNN(long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static LSTMCell LSTMCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, hiddenSize, bias, device, dtype);
            public static GRUCell GRUCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) => new(inputSize, hiddenSize, bias, device, dtype);

            internal static void CellWeights(Action<string, Parameter> register, int gates, long input, long hidden, bool bias, Device? device, ScalarType? dtype)
            {
                var bound = 1 / Math.Sqrt(hidden);
                Add("weight_ih", gates * hidden, input);
                Add("weight_hh", gates * hidden, hidden);
                if (!bias) return;
                Add("bias_ih", gates * hidden);
                Add("bias_hh", gates * hidden);

                void Add(string name, params long[] size)
                {
                    var parameter = new Parameter(empty(size, dtype, device).uniform_(-bound, bound));
                    parameter.DetachFromDisposeScope();
                    register(name, parameter);
                }
            }
        }
    }
}
